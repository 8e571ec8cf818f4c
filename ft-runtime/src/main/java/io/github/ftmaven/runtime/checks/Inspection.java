package io.github.ftmaven.runtime.checks;

import java.util.Collection;
import java.util.List;

/**
 * A dataset as the checks see it.
 *
 * @param validationGiven whether the validation rows have files of their own; otherwise they were drawn from the
 *     training rows, and resemble them
 * @param specialTokens the texts that the tokenizer takes for marks of its own; empty where questions may hold them
 */
public record Inspection(
        SplitRows train,
        SplitRows validation,
        SplitRows test,
        boolean validationGiven,
        Collection<String> specialTokens) {
    /** Copies the collection. */
    public Inspection {
        specialTokens = List.copyOf(specialTokens);
    }

    /** The splits by name. */
    List<Part> parts() {
        return List.of(new Part("train", train), new Part("validation", validation), new Part("test", test));
    }

    /** The splits that were set apart in files of their own. */
    List<Part> heldOut() {
        return parts().subList(validationGiven ? 1 : 2, 3);
    }

    /** A split. */
    record Part(String name, SplitRows rows) {}
}
