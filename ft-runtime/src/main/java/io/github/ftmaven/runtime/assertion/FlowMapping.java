package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A YAML mapping in braces, as js-yaml 5 reads it: JSON, but also unquoted keys, single quotes, comments, commas
 * before a closing brace, and anchors. Of duplicate keys the last counts.
 *
 * <p>It knows the core schema's tags; a timestamp, for which JavaScript has objects, becomes an empty object.
 */
final class FlowMapping {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DEEPEST = 100;
    private static final int MOST_VALUES = 1_000_000;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUES = Set.of("true", "True", "TRUE");
    private static final Set<String> FALSES = Set.of("false", "False", "FALSE");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?");
    private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
    private static final Set<String> NOT_A_NUMBER = Set.of(".nan", ".NaN", ".NAN");
    private static final String MERGE = "<<";

    private final HashComments text;
    private final Map<String, Node> anchors = new HashMap<>();
    private int position;
    private int depth = 1; // js-yaml first reads the mapping as a block key

    private FlowMapping(HashComments text) {
        this.text = text;
    }

    /** Parses a text that starts with a brace; empty if it is not exactly one mapping. */
    static Optional<ObjectNode> read(HashComments text) {
        try {
            FlowMapping reader = new FlowMapping(text);
            Node root = reader.node();
            reader.skip(true);
            return root != null && root.value() instanceof ObjectNode object && reader.at() == '\0'
                    ? Optional.of(object)
                    : Optional.empty();
        } catch (Mistake e) {
            return Optional.empty();
        }
    }

    /** The text is not such a mapping. */
    private static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake() {
            super(null, null, false, false);
        }
    }

    /**
     * A value.
     *
     * @param kind its kind as a key
     * @param size the number of values in it, with aliases expanded
     * @param height its depth, with aliases expanded
     */
    private record Node(JsonNode value, Kind kind, int size, int height) {
        static final Node NULL = of(NullNode.getInstance());

        static Node of(JsonNode value) {
            return new Node(value, Kind.OTHER, 1, 0);
        }
    }

    private enum Kind {
        PLAIN_TEXT,
        DATE,
        OTHER
    }

    /** A collection under construction. */
    private static final class Measure {
        private int size = 1;
        private int height;

        void add(Node node) throws Mistake {
            size += node.size();
            height = Math.max(height, node.height());
            require(size <= MOST_VALUES);
        }

        Node node(JsonNode value) throws Mistake {
            require(height < DEEPEST);
            return new Node(value, Kind.OTHER, size, height + 1);
        }
    }

    private char at() {
        return text.at(position);
    }

    private char at(int offset) {
        return text.at(position + offset);
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isSpace(char c) {
        return isBlank(c) || isBreak(c);
    }

    private static boolean isFlow(char c) {
        return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
    }

    private boolean isLineStart() {
        return position == 0 || isBreak(text.at(position - 1));
    }

    /** Whether a document marker stands here. */
    private boolean isBoundary() {
        char c = at();
        return (c == '-' || c == '.') && isLineStart() && at(1) == c && at(2) == c && (at(3) == '\0' || isSpace(at(3)));
    }

    /** Skips white space and comments; returns whether a line ended. */
    private boolean skip(boolean comments) {
        boolean separated = position == 0 || isSpace(text.at(position - 1));
        boolean lineEnded = false;
        while (true) {
            while (isBlank(at())) {
                separated = true;
                position++;
            }
            if (comments && separated && at() == '#') {
                while (at() != '\0' && !isBreak(at())) {
                    position++;
                }
            }
            if (!isBreak(at())) {
                return lineEnded;
            }
            position++;
            lineEnded = true;
            separated = true;
        }
    }

    /** The value at this position, if there is one. */
    private @Nullable Node node() throws Mistake {
        if (depth >= DEEPEST) {
            throw new Mistake();
        }
        depth++;
        String tag = "";
        String anchor = "";
        boolean indented = true; // required on a new line after a tag or an anchor
        while (indented && (at() == '!' || at() == '&')) {
            if (at() == '!') {
                require(tag.isEmpty());
                tag = word();
            } else {
                require(anchor.isEmpty());
                anchor = word();
                require(anchor.length() > 1);
            }
            indented = !skip(true) || isIndented();
        }
        boolean hasProperties = !tag.isEmpty() || !anchor.isEmpty();
        Node node = indented ? content(tag, anchor, hasProperties) : null;
        if (node == null && hasProperties) {
            node = scalar("", true, tag);
        }
        if (node != null && !anchor.isEmpty()) {
            anchors.put(anchor.substring(1), node);
        }
        depth--;
        return node;
    }

    /** Whether the line begins with a space. */
    private boolean isIndented() {
        int start = position;
        while (start > 0 && !isBreak(text.at(start - 1))) {
            start--;
        }
        return text.at(start) == ' ';
    }

    private @Nullable Node content(String tag, String anchor, boolean hasProperties) throws Mistake {
        char c = at();
        if (c == '{' || c == '[') {
            require(Set.of("", "!", c == '{' ? "!!map" : "!!seq").contains(tag));
            anchors.remove(anchor.isEmpty() ? "" : anchor.substring(1));
            return c == '{' ? mapping() : sequence();
        }
        if (c == '"' || c == '\'') {
            return scalar(c == '"' ? doubleQuoted() : singleQuoted(), false, tag);
        }
        if (c == '*') {
            require(!hasProperties);
            Node node = anchors.get(word().substring(1));
            require(node != null);
            return node;
        }
        String plain = plain();
        return plain == null ? null : scalar(plain, true, tag);
    }

    private static void require(boolean condition) throws Mistake {
        if (!condition) {
            throw new Mistake();
        }
    }

    /** Reads a tag, an anchor or an alias: up to a space or an indicator of the flow style. */
    private String word() {
        int start = position++;
        while (at() != '\0' && !isSpace(at()) && !isFlow(at())) {
            position++;
        }
        return text.slice(start, position);
    }

    private Node mapping() throws Mistake {
        ObjectNode object = JSON.objectNode();
        Measure measure = new Measure();
        position++;
        boolean next = true;
        while (true) {
            skip(true);
            if (at() == '}') {
                position++;
                return measure.node(object);
            }
            require(next && at() != ',' && at() != '\0');
            boolean explicit = at() == '?' && isSpace(at(1));
            if (explicit) {
                position++;
                skip(true);
            }
            Node key = node();
            skip(true);
            Node value = Node.NULL;
            if (at() == ':') {
                value = pairValue();
            } else {
                require(key != null || explicit);
            }
            measure.add(value);
            put(object, key, value.value());
            next = at() == ',';
            position += next ? 1 : 0;
        }
    }

    private Node pairValue() throws Mistake {
        position++;
        skip(true);
        Node value = node();
        skip(true);
        return value == null ? Node.NULL : value;
    }

    private static void put(ObjectNode object, @Nullable Node key, JsonNode value) throws Mistake {
        if (key == null) {
            object.set("null", value);
            return;
        }
        require(!key.value().isContainerNode() && key.kind() != Kind.DATE);
        String name = Js.text(key.value());
        if (key.kind() == Kind.PLAIN_TEXT && name.equals(MERGE)) {
            merge(object, value);
        } else {
            object.set(name, value);
        }
    }

    private static void merge(ObjectNode object, JsonNode source) throws Mistake {
        if (source.isArray()) {
            for (JsonNode each : source) {
                require(each.isObject());
                merge(object, each);
            }
            return;
        }
        require(source.isObject());
        source.properties().forEach(entry -> object.putIfAbsent(entry.getKey(), entry.getValue()));
    }

    private Node sequence() throws Mistake {
        ArrayNode list = JSON.arrayNode();
        Measure measure = new Measure();
        position++;
        boolean next = true;
        while (true) {
            skip(true);
            if (at() == ']') {
                position++;
                return measure.node(list);
            }
            require(next && at() != ',' && at() != '\0');
            boolean explicit = at() == '?' && isSpace(at(1));
            boolean lineEnded = false;
            if (explicit) {
                position++;
                skip(true);
            }
            int start = position;
            Node item = node();
            for (int i = start; i < position; i++) {
                lineEnded |= isBreak(text.at(i));
            }
            lineEnded |= skip(true);
            if (explicit || (at() == ':' && !lineEnded)) {
                Node value = at() == ':' ? pairValue() : Node.NULL;
                measure.add(value);
                put(list.addObject(), item, value.value());
            } else if (item != null) {
                measure.add(item);
                list.add(item.value());
            } else {
                throw new Mistake();
            }
            next = at() == ',';
            position += next ? 1 : 0;
        }
    }

    /** An unquoted text; null if none can begin here. */
    private @Nullable String plain() throws Mistake {
        char c = at();
        if (c == '\0' || isSpace(c) || isFlow(c) || "#&*!|>'\"%@`".indexOf(c) >= 0) {
            return null;
        }
        if ((c == '?' || c == '-') && (at(1) == '\0' || isSpace(at(1)) || isFlow(at(1)))) {
            return null;
        }
        int start = position;
        int end = position;
        while (at() != '\0' && !isBoundary()) {
            c = at();
            if (isFlow(c)
                    || (c == ':' && (at(1) == '\0' || isSpace(at(1)) || isFlow(at(1))))
                    || (c == '#' && isSpace(text.at(position - 1)))) {
                break;
            }
            if (isBreak(c)) {
                skip(false);
                continue;
            }
            position++;
            end = isBlank(c) ? end : position;
        }
        if (end == start) {
            return null;
        }
        String raw = text.slice(start, end);
        require(isPrintable(raw));
        return folded(raw, '\0');
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = c < ' ' && c != '\t' && !isBreak(c);
            boolean lone = Character.isSurrogate(c)
                    && !(Character.isHighSurrogate(c)
                            ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                            : i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
            if (control || lone || (c >= 0x7F && c <= 0x9F && c != 0x85) || c >= 0xFFFE) {
                return false;
            }
        }
        return true;
    }

    private String singleQuoted() throws Mistake {
        int start = ++position;
        while (true) {
            char c = at();
            if (c == '\'') {
                if (at(1) != '\'') {
                    position++;
                    return folded(text.slice(start, position - 1), '\'');
                }
                position += 2;
            } else {
                quoted(c);
            }
        }
    }

    private String doubleQuoted() throws Mistake {
        int start = ++position;
        while (true) {
            char c = at();
            if (c == '"') {
                position++;
                return folded(text.slice(start, position - 1), '"');
            }
            if (c != '\\') {
                quoted(c);
                continue;
            }
            position++;
            int digits = digits(at());
            if (isBreak(at())) {
                skip(false);
            } else if (digits > 0) {
                for (int i = 1; i <= digits; i++) {
                    require(Character.digit(at(i), 16) >= 0 && at(i) < 128);
                }
                position += digits + 1;
            } else {
                require(simple(at()) >= 0);
                position++;
            }
        }
    }

    /** Consumes a character inside quotes. */
    private void quoted(char c) throws Mistake {
        require(c != '\0' && !isBoundary() && (c >= ' ' || c == '\t' || isBreak(c)));
        if (isBreak(c)) {
            skip(false);
        } else {
            position++;
        }
    }

    private static int digits(char c) {
        return c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    }

    private static int simple(char c) {
        int index = "0abt\tnvfre \"/\\N_LP".indexOf(c);
        return index < 0 ? -1 : "\0\u0007\b\t\t\n\u000B\f\r\u001B \"/\\\u0085\u00A0\u2028\u2029".charAt(index);
    }

    /** A scalar's text: escapes are resolved, line ends become spaces, and empty lines become line ends. */
    private static String folded(String raw, char quote) {
        StringBuilder folded = new StringBuilder();
        int kept = 0; // the length without spaces before a line's end
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (quote == '\'' && c == '\'') {
                folded.append(c);
                i += 2;
                kept = folded.length();
            } else if (quote == '"' && c == '\\') {
                char escaped = raw.charAt(i + 1);
                int digits = digits(escaped);
                if (isBreak(escaped)) {
                    i = behindBreaks(raw, i + 1);
                } else if (digits > 0) {
                    append(folded, Integer.parseUnsignedInt(raw.substring(i + 2, i + 2 + digits), 16));
                    i += 2 + digits;
                } else {
                    folded.append((char) simple(escaped));
                    i += 2;
                }
                kept = folded.length();
            } else if (isBreak(c)) {
                folded.setLength(kept);
                int behind = behindBreaks(raw, i);
                int breaks = breaks(raw, i, behind);
                folded.append(breaks == 1 ? " " : "\n".repeat(breaks - 1));
                kept = folded.length();
                i = behind;
            } else {
                folded.append(c);
                kept = isBlank(c) ? kept : folded.length();
                i++;
            }
        }
        return folded.toString();
    }

    private static void append(StringBuilder text, int code) {
        if (code >>> 16 == 0) {
            text.append((char) code);
        } else {
            text.append((char) (((code - 0x10000) >> 10) + 0xD800)).append((char) (((code - 0x10000) & 1023) + 0xDC00));
        }
    }

    private static int behindBreaks(String text, int start) {
        int i = start;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static int breaks(String text, int start, int end) {
        int breaks = 0;
        for (int i = start; i < end; i++) {
            boolean pair = text.charAt(i) == '\r' && i + 1 < end && text.charAt(i + 1) == '\n';
            breaks += isBreak(text.charAt(i)) && !pair ? 1 : 0;
        }
        return breaks;
    }

    private static Node scalar(String text, boolean plain, String tag) throws Mistake {
        return switch (tag) {
            case "" -> plain ? resolved(text) : Node.of(TextNode.valueOf(text));
            case "!", "!!str" -> Node.of(TextNode.valueOf(text));
            case "!!null" -> tagged(NULLS.contains(text) ? NullNode.getInstance() : null);
            case "!!bool" ->
                tagged(
                        TRUES.contains(text) || FALSES.contains(text)
                                ? BooleanNode.valueOf(TRUES.contains(text))
                                : null);
            case "!!int", "!!float" -> tagged(number(text));
            case "!!map" -> tagged(text.isEmpty() ? JSON.objectNode() : null);
            case "!!seq" -> tagged(text.isEmpty() ? JSON.arrayNode() : null);
            default -> throw new Mistake();
        };
    }

    private static Node tagged(@Nullable JsonNode value) throws Mistake {
        if (value == null) {
            throw new Mistake();
        }
        return Node.of(value);
    }

    /** The value of an unquoted text. */
    private static Node resolved(String text) {
        if (NULLS.contains(text)) {
            return Node.of(NullNode.getInstance());
        }
        if (TRUES.contains(text) || FALSES.contains(text)) {
            return Node.of(BooleanNode.valueOf(TRUES.contains(text)));
        }
        if (Timestamp.is(text)) {
            return new Node(JSON.objectNode(), Kind.DATE, 1, 1);
        }
        JsonNode number = number(text);
        return number == null ? new Node(TextNode.valueOf(text), Kind.PLAIN_TEXT, 1, 0) : Node.of(number);
    }

    private static @Nullable JsonNode number(String text) {
        if (INFINITE.matcher(text).matches() || NOT_A_NUMBER.contains(text)) {
            return NullNode.getInstance(); // not a JSON number
        }
        int base = OCTAL.matcher(text).matches() ? 8 : HEXADECIMAL.matcher(text).matches() ? 16 : 10;
        double number = Double.POSITIVE_INFINITY;
        if (base != 10) {
            number = 0;
            for (int i = 2; i < text.length(); i++) {
                number = number * base + Character.digit(text.charAt(i), base);
            }
        } else if (NUMBER.matcher(text).matches()) {
            number = Double.parseDouble(text);
        }
        return Double.isInfinite(number) ? null : DoubleNode.valueOf(number);
    }
}
