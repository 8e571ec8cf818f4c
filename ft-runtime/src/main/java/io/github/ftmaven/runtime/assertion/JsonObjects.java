package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the objects in a text as promptfoo 0.123.1 does: from each brace to its closing brace, ignoring quotes, parsed
 * as YAML. Unclosed objects get the missing braces appended at the end of the text. The content of a parsed object is
 * not searched again.
 */
final class JsonObjects {
    /** The longest object. */
    private static final int LONGEST = 100_000;

    /**
     * The most characters that all attempts may read: texts of braces in comments would otherwise take quadratic time.
     */
    private static final long MOST_WORK = 20_000_000;

    private final String text;

    /** For each index, the number of braces that are open before it. */
    private final int[] open;

    /** For each index of an opening brace, the index of its closing brace; -1 if there is none. */
    private final int[] closing;

    private JsonObjects(String text) {
        this.text = text;
        this.open = new int[text.length() + 1];
        this.closing = new int[text.length()];
        int[] stack = new int[text.length()];
        int depth = 0;
        Arrays.fill(closing, -1);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open[i + 1] = open[i] + (c == '{' ? 1 : c == '}' ? -1 : 0);
            if (c == '{') {
                stack[depth++] = i;
            } else if (c == '}' && depth > 0) {
                closing[stack[--depth]] = i;
            }
        }
    }

    /**
     * Finds the objects.
     *
     * @throws LimitException if that takes too long
     */
    static List<ObjectNode> in(String text) {
        return text.indexOf('{') < 0 ? List.of() : new JsonObjects(text).found();
    }

    private List<ObjectNode> found() {
        List<ObjectNode> found = new ArrayList<>();
        long work = 0;
        int zero = text.indexOf('\0');
        for (int i = text.indexOf('{'); i >= 0; i = text.indexOf('{', i)) {
            int limit = Math.min(i + LONGEST, text.length());
            int end = closing[i] >= 0 && closing[i] < limit ? closing[i] + 1 : limit;
            Optional<ObjectNode> object = Optional.empty();
            zero = zero >= 0 && zero < i ? text.indexOf('\0', i) : zero;
            boolean hasZero = zero >= 0 && zero < end; // which YAML does not allow
            if (i + 1 < limit && !hasZero) {
                HashComments slice = new HashComments(text, i, end, open[end] - open[i]);
                object = FlowMapping.read(slice);
                work += slice.length();
                if (work > MOST_WORK) {
                    throw new LimitException("A text with so many braces that do not open an object");
                }
            }
            object.ifPresent(found::add);
            i = object.isPresent() ? end : i + 1;
        }
        return found;
    }
}
