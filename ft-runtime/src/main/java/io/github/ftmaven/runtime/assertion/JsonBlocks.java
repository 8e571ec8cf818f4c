package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds JSON in mixed text as promptfoo 0.123.1 does for tool calls: objects and lists that start and end a line,
 * outside Markdown fences. If a bracketed block is not JSON, the blocks inside it are tried.
 */
final class JsonBlocks {
    private static final int TAB = 4;
    private static final int MOST_UNMATCHED = 65_536;
    private static final Pattern FENCE = Pattern.compile("[ \\t]*+(`{3,}+|~{3,}+)");
    private static final Pattern LIST = Pattern.compile("[ \\t]*+(?:[-+*]|\\d++[.)])[ \\t]++");

    private final String text;
    private final List<Mark> marks = new ArrayList<>();
    private final Deque<Integer> containers = new ArrayDeque<>();
    private String fence = "";
    private int fenceContainer;

    private JsonBlocks(String text) {
        this.text = text;
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            line(start, end);
            start = end + 1;
        }
    }

    /** A bracket; index -1 means that there is nothing to continue with. */
    private record Mark(int index, char bracket, boolean startsLine, boolean endsLine) {
        static final Mark BARRIER = new Mark(-1, '\0', false, false);

        boolean isBarrier() {
            return index < 0;
        }

        boolean opens() {
            return bracket == '{' || bracket == '[';
        }
    }

    private record Block(String text, boolean startsLine) {}

    /**
     * Finds the blocks.
     *
     * @throws CheckException if that exceeds promptfoo's work limit
     */
    static List<JsonNode> in(String text) throws CheckException {
        List<JsonNode> found = new ArrayList<>();
        Deque<Iterator<Block>> pending = new ArrayDeque<>();
        pending.push(new JsonBlocks(text).blocks(0).iterator());
        long left = 4L * text.length();
        while (!pending.isEmpty()) {
            if (!pending.peek().hasNext()) {
                pending.pop();
                continue;
            }
            Block block = pending.peek().next();
            left -= block.text().length();
            CheckException.require(
                    left >= 0, "Tool Call F1 could not finish parsing malformed output within its work limit");
            Optional<JsonNode> json = Js.parse(block.text());
            if (json.isEmpty()) {
                pending.push(new JsonBlocks(block.text()).blocks(1).iterator());
            } else if (block.startsLine()) {
                found.add(json.get());
            }
        }
        return found;
    }

    private static int width(String text) {
        int column = 0;
        for (int i = 0; i < text.length(); i++) {
            column += text.charAt(i) == '\t' ? TAB - column % TAB : 1;
        }
        return column;
    }

    private void line(int start, int lineEnd) {
        int end = lineEnd;
        while (end > start && Js.isSpace(text.charAt(end - 1))) {
            end--;
        }
        String content = text.substring(start, end);
        int first = 0;
        while (first < content.length() && Js.isSpace(content.charAt(first))) {
            first++;
        }
        int indent = width(content.substring(0, first));
        if (!fence.isEmpty() && !content.isEmpty() && indent < fenceContainer) {
            fence = "";
            marks.add(Mark.BARRIER);
        }
        if (!fence.isEmpty()) {
            if (closesFence(content, indent)) {
                fence = "";
            }
            return;
        }
        while (!content.isEmpty() && !containers.isEmpty() && indent < containers.peek()) {
            containers.pop();
        }
        Matcher list = LIST.matcher(content);
        boolean isItem = list.lookingAt();
        if (isItem) {
            containers.push(width(list.group()));
        }
        int container = containers.isEmpty() ? 0 : containers.peek();
        String body = isItem ? content.substring(list.end()) : content;
        Matcher opening = FENCE.matcher(body);
        if (opening.lookingAt()
                && (isItem || indent <= container + 3)
                && (opening.group(1).charAt(0) != '`' || body.indexOf('`', opening.end()) < 0)) {
            fence = opening.group(1);
            fenceContainer = container;
            marks.add(Mark.BARRIER);
            return;
        }
        brackets(content, start, first);
    }

    private boolean closesFence(String content, int indent) {
        Matcher marker = FENCE.matcher(content);
        return marker.lookingAt()
                && indent <= fenceContainer + 3
                && marker.group(1).charAt(0) == fence.charAt(0)
                && marker.group(1).length() >= fence.length()
                && marker.end() == content.length();
    }

    private void brackets(String content, int start, int first) {
        boolean quoted = false;
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[' || c == '}' || c == ']') {
                marks.add(new Mark(start + i, c, i == first, i == content.length() - 1));
            }
        }
        if (quoted) {
            marks.add(Mark.BARRIER);
        }
    }

    /** The unmatched brackets, in order. */
    private List<Integer> unmatched() throws CheckException {
        List<Integer> unmatched = new ArrayList<>();
        int stackStart = 0;
        for (Mark mark : marks) {
            int last = unmatched.size() - 1;
            if (mark.isBarrier()) {
                stackStart = unmatched.size();
            } else if (mark.opens()) {
                unmatched.add(mark.index());
            } else if (last >= stackStart && text.charAt(unmatched.get(last)) == (mark.bracket() == '}' ? '{' : '[')) {
                unmatched.remove(last);
            } else {
                unmatched.add(mark.index());
                stackStart = unmatched.size();
            }
            CheckException.require(
                    unmatched.size() <= MOST_UNMATCHED,
                    "Tool Call F1 exceeded its delimiter limit (" + MOST_UNMATCHED + ")");
        }
        return unmatched;
    }

    /** The blocks at a depth. */
    private List<Block> blocks(int wanted) throws CheckException {
        List<Block> blocks = new ArrayList<>();
        Iterator<Integer> unmatched = unmatched().iterator();
        int next = unmatched.hasNext() ? unmatched.next() : -1;
        int depth = 0;
        Mark start = Mark.BARRIER;
        for (Mark mark : marks) {
            if (mark.isBarrier()) {
                continue;
            }
            if (mark.index() == next) {
                next = unmatched.hasNext() ? unmatched.next() : -1;
            } else if (mark.opens()) {
                start = start.isBarrier() && depth == wanted ? mark : start;
                depth++;
            } else {
                depth--;
                if (!start.isBarrier() && depth == wanted) {
                    if (mark.endsLine()) {
                        blocks.add(new Block(text.substring(start.index(), mark.index() + 1), start.startsLine()));
                    }
                    start = Mark.BARRIER;
                }
            }
        }
        return blocks;
    }
}
