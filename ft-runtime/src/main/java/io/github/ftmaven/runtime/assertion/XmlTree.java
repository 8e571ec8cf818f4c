package io.github.ftmaven.runtime.assertion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The elements of a text as fast-xml-parser 5 finds them. It accepts nearly anything: a closing tag closes whatever is
 * open, and unclosed elements end with the text. Siblings of one name form a list, whose items have numbers; an
 * attribute is {@code @_name}; the text of an element with other content is {@code #text}.
 */
final class XmlTree {
    private static final String TEXT = "#text";
    private static final int DEEPEST = 101;
    private static final Set<String> FORBIDDEN = Set.of("__proto__", "constructor", "prototype");
    private static final Set<String> RENAMED = Set.of(
            "hasOwnProperty",
            "toString",
            "valueOf",
            "__defineGetter__",
            "__defineSetter__",
            "__lookupGetter__",
            "__lookupSetter__");

    private final String text;
    private final Node root = new Node();
    private final Deque<Node> open = new ArrayDeque<>();
    private Node current = root;
    private boolean hasText; // since the last tag
    private boolean hasDoctype;
    private int position;

    private XmlTree(String text) {
        this.text = text;
    }

    /** The text is not XML even for this lenient parser. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed(String message) {
            super(message);
        }
    }

    private static final class Node {
        private final Map<String, List<Node>> children = new LinkedHashMap<>();
        private final Set<String> attributes = new LinkedHashSet<>();
        private boolean hasText;

        private boolean has(List<String> path) {
            if (path.isEmpty()) {
                return true;
            }
            String key = path.get(0);
            List<String> rest = path.subList(1, path.size());
            List<Node> named = children.get(key);
            if (named == null) {
                boolean isObject = !children.isEmpty() || !attributes.isEmpty();
                return rest.isEmpty() && (attributes.contains(key) || (key.equals(TEXT) && hasText && isObject));
            }
            if (named.size() == 1) {
                return named.get(0).has(rest);
            }
            if (rest.isEmpty()) {
                return true;
            }
            int index = index(rest.get(0));
            return index >= 0 && index < named.size() && named.get(index).has(rest.subList(1, rest.size()));
        }

        private static int index(String key) {
            return key.matches("0|[1-9][0-9]{0,8}") ? Integer.parseInt(key) : -1;
        }
    }

    /** Parses a text. */
    static XmlTree of(String text) throws Malformed {
        XmlTree tree = new XmlTree(text.replace("\r\n", "\n").replace('\r', '\n'));
        tree.read();
        return tree;
    }

    /** Whether a path {@code a.b} of names exists. */
    boolean has(String path) {
        return root.has(List.of(path.split("\\.", -1)));
    }

    private void read() throws Malformed {
        while (position < text.length()) {
            if (text.charAt(position) != '<') {
                hasText |= !Js.isSpace(text.charAt(position));
                position++;
            } else if (text.startsWith("</", position)) {
                position = behind(">", position, "Closing Tag is not closed.");
                endText();
                current = open.isEmpty() ? root : open.pop();
            } else if (text.startsWith("<?", position)) {
                instruction();
            } else if (text.startsWith("<!--", position)) {
                position = behind("-->", position + 4, "Comment is not closed.");
            } else if (text.startsWith("<!D", position)) {
                if (hasDoctype) {
                    throw new Malformed("Multiple DOCTYPE declarations found.");
                }
                hasDoctype = true;
                position = doctypeEnd();
            } else if (text.startsWith("<![", position)) {
                int start = position + "<![CDATA[".length();
                position = behind("]]>", position, "CDATA is not closed.");
                endText();
                current.hasText |= position - "]]>".length() > start;
            } else {
                element();
            }
        }
    }

    private void endText() {
        current.hasText |= hasText;
        hasText = false;
    }

    private int behind(String mark, int from, String problem) throws Malformed {
        int at = text.indexOf(mark, from);
        if (at < 0) {
            throw new Malformed(problem);
        }
        return at + mark.length();
    }

    private int doctypeEnd() throws Malformed {
        if (!text.startsWith("<!DOCTYPE", position)) {
            throw new Malformed("Invalid Tag instead of DOCTYPE");
        }
        int end = expressionEnd(position + 1, ">");
        if (end < 0) {
            throw new Malformed("Unclosed DOCTYPE");
        }
        if (text.substring(position, end).contains("[")) {
            throw new Malformed("DTD internal subsets are not read");
        }
        return end + 1;
    }

    private void instruction() throws Malformed {
        int end = expressionEnd(position + 1, "?>");
        if (end < 0) {
            throw new Malformed("Pi Tag is not closed.");
        }
        endText();
        String expression = text.substring(position + 1, end);
        int name = nameEnd(expression);
        Node node = new Node();
        if (name < expression.length()) {
            attributes(expression.substring(name + 1), node);
        }
        current.children
                .computeIfAbsent(expression.substring(0, name), key -> new ArrayList<>())
                .add(node);
        position = end + 2;
    }

    private void element() throws Malformed {
        int end = expressionEnd(position + 1, ">");
        if (end < 0) {
            throw new Malformed("readTagExp returned undefined at position " + position + ".");
        }
        String expression = text.substring(position + 1, end);
        int nameEnd = nameEnd(expression);
        String name = checked(expression.substring(0, nameEnd));
        String rest = nameEnd < expression.length() ? stripLeading(expression.substring(nameEnd + 1)) : name;
        boolean selfClosing = rest.endsWith("/");
        if (selfClosing && name.endsWith("/")) {
            name = checked(name.substring(0, name.length() - 1));
            rest = name;
        } else if (selfClosing) {
            rest = rest.substring(0, rest.length() - 1);
        }
        if (current == root) {
            hasText = false;
        } else {
            endText();
        }
        Node node = new Node();
        if (!name.equals(rest)) {
            attributes(rest, node);
        }
        if (!selfClosing && open.size() >= DEEPEST) {
            throw new Malformed("Maximum nested tags exceeded");
        }
        current.children.computeIfAbsent(name, key -> new ArrayList<>()).add(node);
        if (!selfClosing) {
            open.push(current);
            current = node;
        }
        hasText = false;
        position = end + 1;
    }

    private static String checked(String name) throws Malformed {
        if (FORBIDDEN.contains(name)) {
            throw new Malformed("[SECURITY] Invalid name: \"" + name + "\" is a reserved JavaScript keyword");
        }
        if (name.equals(TEXT)) {
            throw new Malformed("Invalid tag name: " + name);
        }
        return RENAMED.contains(name) ? "__" + name : name;
    }

    /** The index of a tag's end, outside quotes; -1 if there is none. */
    private int expressionEnd(int from, String mark) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = text.indexOf(c, i + 1);
                if (i < 0) {
                    return -1;
                }
            } else if (text.startsWith(mark, i)) {
                return i;
            }
        }
        return -1;
    }

    private static int nameEnd(String expression) {
        int end = 0;
        while (end < expression.length() && !Js.isSpace(expression.charAt(end))) {
            end++;
        }
        return end;
    }

    private static String stripLeading(String text) {
        int start = 0;
        while (start < text.length() && Js.isSpace(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    /** Names up to a space or an equals sign, optionally followed by a quoted value. */
    private static void attributes(String text, Node node) {
        int i = 0;
        while (i < text.length()) {
            if (Js.isSpace(text.charAt(i)) || text.charAt(i) == '=') {
                i++;
                continue;
            }
            int start = i;
            while (i < text.length() && !Js.isSpace(text.charAt(i)) && text.charAt(i) != '=') {
                i++;
            }
            node.attributes.add("@_" + text.substring(start, i));
            int value = behindSpaces(text, i);
            if (value < text.length() && text.charAt(value) == '=') {
                value = behindSpaces(text, value + 1);
                boolean quoted = value < text.length() && (text.charAt(value) == '"' || text.charAt(value) == '\'');
                int end = quoted ? text.indexOf(text.charAt(value), value + 1) : -1;
                i = end < 0 ? i : end + 1;
            }
        }
    }

    private static int behindSpaces(String text, int start) {
        int i = start;
        while (i < text.length() && Js.isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
