package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The objects in a text, as promptfoo 0.123.1 finds them: from each brace to the one that closes it, whatever is quoted
 * between them, read as YAML; where none closes it, as many braces as are missing are added behind the text's end, and
 * nothing else. What lies in an object that was read is no object of its own.
 */
final class JsonObjects {
    /** The longest object. */
    private static final int LONGEST = 100_000;

    /** How many characters all attempts may read: texts of braces in comments would take the square of their length. */
    private static final long MOST_WORK = 20_000_000;

    private final String text;

    /** By index, how many braces are open before it. */
    private final int[] open;

    /** By index of an opening brace, the one that closes it; -1 if none does. */
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
     * Finds them.
     *
     * @throws LimitException if the text takes too long to read
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
            boolean hasZero = zero >= 0 && zero < end; // which YAML does not take
            if (i + 1 < limit && !hasZero) {
                HashComments slice = new HashComments(text, i, end, open[end] - open[i]);
                object = FlowMapping.read(slice);
                work += slice.length();
                if (work > MOST_WORK) {
                    throw new LimitException("A text with so many braces that open no object");
                }
            }
            object.ifPresent(found::add);
            i = object.isPresent() ? end : i + 1;
        }
        return found;
    }
}
