package io.github.ftmaven.runtime.template;

/**
 * Finds a part in texts in linear time, where Java's own search can take the product of the lengths:
 * Knuth-Morris-Pratt for long parts. Pays for the characters it looked at.
 */
final class Search {
    private static final int SHORT = 32;

    private final String part;
    private final int[] borders; // for each prefix, the length of its longest proper border
    private final Budget budget = Budget.current();

    Search(String part) {
        this.part = part;
        this.borders = part.length() > SHORT ? borders(part) : new int[0];
    }

    private static int[] borders(String part) {
        Budget.items(part.length());
        int[] borders = new int[part.length()];
        int border = 0;
        for (int i = 1; i < part.length(); i++) {
            while (border > 0 && part.charAt(i) != part.charAt(border)) {
                border = borders[border - 1];
            }
            border += part.charAt(i) == part.charAt(border) ? 1 : 0;
            borders[i] = border;
        }
        return borders;
    }

    /** The first index of the part at or after a position; -1 if there is none. */
    int in(String text, int from) {
        int at = part.length() > SHORT ? linear(text, from) : text.indexOf(part, from);
        int seen = Math.max(0, (at < 0 ? text.length() : at) - from);
        budget.spend(1 + (long) seen * Math.min(SHORT, 1 + part.length()) / SHORT / 2);
        return at;
    }

    private int linear(String text, int from) {
        int matched = 0;
        for (int i = Math.max(0, from); i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != part.charAt(matched)) {
                matched = borders[matched - 1];
            }
            matched += text.charAt(i) == part.charAt(matched) ? 1 : 0;
            if (matched == part.length()) {
                return i + 1 - matched;
            }
        }
        return -1;
    }

    /** Searches backwards: the last index of the part in a text, or in a prefix of it. */
    static final class Backwards {
        private final String text;
        private final String part;
        private final Search search;
        private final String turned;

        Backwards(String text, String part) {
            this.text = text;
            this.part = part;
            this.search = new Search(part.length() > SHORT ? Text.turned(part) : part);
            this.turned = part.length() > SHORT ? Text.turned(text) : "";
        }

        /** The last index of the part that ends at or before {@code end}; -1 if there is none. */
        int before(int end) {
            if (part.length() > SHORT) {
                int at = search.in(turned, text.length() - end);
                return at < 0 ? -1 : text.length() - at - part.length();
            }
            int at = text.lastIndexOf(part, end - part.length());
            search.budget.spend(1 + (long) (end - Math.max(0, at)) * (1 + part.length()) / SHORT / 2);
            return at;
        }
    }
}
