package io.github.ftmaven.runtime.template;

import java.util.List;

/**
 * A rendered template.
 *
 * @param generated the parts of the text from {@code {% generation %}} blocks, in order
 */
public record Rendering(String text, List<Span> generated) {
    /** Copies the list. */
    public Rendering {
        generated = List.copyOf(generated);
    }

    /** The characters from {@code start} to before {@code end}, in UTF-16 units. */
    public record Span(int start, int end) {}
}
