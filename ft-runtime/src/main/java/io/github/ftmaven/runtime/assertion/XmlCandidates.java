package io.github.ftmaven.runtime.assertion;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds possible XML in a text as promptfoo 0.123.1 does: closed elements that no other closed element contains and,
 * before them, the range from the first to the last sibling. An unmatched closing tag closes everything that is open.
 */
final class XmlCandidates {
    /** No parent. */
    private static final int NONE = -1;

    private final String text;
    private final Deque<Tag> open = new ArrayDeque<>();
    private final List<Candidate> closed = new ArrayList<>();

    private XmlCandidates(String text) {
        this.text = text;
    }

    /** A range of indices. */
    record Range(int start, int end) {
        boolean holds(Range other) {
            return other.start() >= start && other.end() <= end;
        }

        String of(String text) {
            return text.substring(start, end);
        }
    }

    private record Candidate(Range range, int parent) {}

    private record Tag(String name, int start) {}

    static List<Range> in(String text) {
        XmlCandidates candidates = new XmlCandidates(text);
        candidates.scan();
        return candidates.ordered();
    }

    private void scan() {
        int i = text.indexOf('<');
        while (i >= 0) {
            int last = tag(i);
            i = text.indexOf('<', (last < 0 ? i : last) + 1);
        }
    }

    /** Reads the markup at an index; returns its last index, or -1 if it is not XML. */
    private int tag(int start) {
        char next = start + 1 < text.length() ? text.charAt(start + 1) : '\0';
        if (next == '!') {
            return declarationEnd(start);
        }
        if (next == '?') {
            return behind("?>", start + 2) - 1;
        }
        int nameStart = next == '/' ? start + 2 : start + 1;
        int nameEnd = XmlNames.end(text, nameStart);
        int end = nameEnd == nameStart ? -1 : tagEnd(start);
        if (end < 0) {
            return -1;
        }
        String name = text.substring(nameStart, nameEnd);
        if (next == '/') {
            close(name, end);
        } else if (isSelfClosing(start, end)) {
            closed.add(new Candidate(new Range(start, end + 1), parent()));
        } else {
            open.push(new Tag(name, start));
        }
        return end;
    }

    private void close(String name, int end) {
        Tag last = open.peek();
        if (last == null || !last.name().equals(name)) {
            open.clear();
            return;
        }
        open.pop();
        closed.add(new Candidate(new Range(last.start(), end + 1), parent()));
    }

    private int parent() {
        return open.isEmpty() ? NONE : open.peek().start();
    }

    private boolean isSelfClosing(int start, int end) {
        int last = end - 1;
        while (last > start && Js.isSpace(text.charAt(last))) {
            last--;
        }
        return text.charAt(last) == '/';
    }

    private int tagEnd(int start) {
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = text.indexOf(c, i + 1);
                if (i < 0) {
                    return -1;
                }
            } else if (c == '<') {
                return -1;
            } else if (c == '>') {
                return i;
            }
        }
        return -1;
    }

    private int declarationEnd(int start) {
        if (text.startsWith("<!--", start)) {
            return behind("-->", start + 4) - 1;
        }
        if (text.startsWith("<![CDATA[", start)) {
            return behind("]]>", start + 9) - 1;
        }
        int brackets = 0;
        for (int i = start + 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = text.indexOf(c, i + 1);
                if (i < 0) {
                    break;
                }
            } else if (c == '[') {
                brackets++;
            } else if (c == ']') {
                brackets = Math.max(0, brackets - 1);
            } else if (c == '>' && brackets == 0) {
                return i;
            }
        }
        return text.length() - 1;
    }

    /** The index after the next marker; the text's end if there is none. */
    private int behind(String mark, int from) {
        int at = text.indexOf(mark, from);
        return at < 0 ? text.length() : at + mark.length();
    }

    private List<Range> ordered() {
        Set<Integer> starts = new HashSet<>();
        closed.forEach(candidate -> starts.add(candidate.range().start()));
        List<Candidate> outer = closed.stream()
                .filter(candidate -> !starts.contains(candidate.parent()))
                .sorted(Comparator.comparingInt(candidate -> candidate.range().start()))
                .toList();
        Map<Integer, Range> families = new LinkedHashMap<>();
        Set<Integer> several = new HashSet<>();
        for (Candidate candidate : outer) {
            @Nullable Range first = families.get(candidate.parent());
            if (first != null) {
                several.add(candidate.parent());
            }
            int start = first == null ? candidate.range().start() : first.start();
            families.put(candidate.parent(), new Range(start, candidate.range().end()));
        }
        Set<Range> ordered = new LinkedHashSet<>();
        // Siblings come in the order in which the first of them was closed.
        closed.stream()
                .map(Candidate::parent)
                .distinct()
                .filter(several::contains)
                .forEach(parent -> ordered.add(families.get(parent)));
        outer.forEach(candidate -> ordered.add(candidate.range()));
        return List.copyOf(ordered);
    }
}
