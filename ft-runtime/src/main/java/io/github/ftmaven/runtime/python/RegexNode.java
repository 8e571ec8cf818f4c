package io.github.ftmaven.runtime.python;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A part of a pattern. */
sealed interface RegexNode {
    /** The width where there is no bound. */
    int UNBOUNDED = Integer.MAX_VALUE;

    /** The minimum number of characters it matches. */
    int least();

    /** The maximum number of characters it matches; {@link #UNBOUNDED} if there is no maximum. */
    int most();

    /** Whether it contains a numbered group. */
    default boolean captures() {
        return false;
    }

    /** One character. */
    record One(IntPredicate test) implements RegexNode {
        @Override
        public int least() {
            return 1;
        }

        @Override
        public int most() {
            return 1;
        }
    }

    /** Parts in sequence. */
    record Sequence(List<RegexNode> parts) implements RegexNode {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean captures() {
            return parts.stream().anyMatch(RegexNode::captures);
        }

        @Override
        public int least() {
            return parts.stream().mapToInt(RegexNode::least).reduce(0, RegexNode::add);
        }

        @Override
        public int most() {
            return parts.stream().mapToInt(RegexNode::most).reduce(0, RegexNode::add);
        }
    }

    /** Alternatives, of which the first that leads to a match counts. */
    record Alternatives(List<RegexNode> parts) implements RegexNode {
        public Alternatives {
            parts = List.copyOf(parts);
        }

        @Override
        public boolean captures() {
            return parts.stream().anyMatch(RegexNode::captures);
        }

        @Override
        public int least() {
            return parts.stream().mapToInt(RegexNode::least).min().orElse(0);
        }

        @Override
        public int most() {
            return parts.stream().mapToInt(RegexNode::most).max().orElse(0);
        }
    }

    /** A numbered group. */
    record Capture(int number, RegexNode body) implements RegexNode {
        @Override
        public boolean captures() {
            return true;
        }

        @Override
        public int least() {
            return body.least();
        }

        @Override
        public int most() {
            return body.most();
        }
    }

    /** A repetition, greedy or lazy. */
    record Repeat(RegexNode body, int min, int max, boolean greedy) implements RegexNode {
        @Override
        public boolean captures() {
            return body.captures();
        }

        @Override
        public int least() {
            return times(body.least(), min);
        }

        @Override
        public int most() {
            return times(body.most(), max);
        }
    }

    /** A place between characters. */
    enum Place implements RegexNode {
        START,
        LINE_START,
        END,
        LINE_END,
        VERY_END,
        BOUNDARY,
        NO_BOUNDARY,
        ASCII_BOUNDARY,
        NO_ASCII_BOUNDARY;

        @Override
        public int least() {
            return 0;
        }

        @Override
        public int most() {
            return 0;
        }
    }

    /**
     * A look-ahead or look-behind, which is not part of the match.
     *
     * @param back the number of characters before the position at which it begins
     */
    record Look(RegexNode body, int back, boolean negative) implements RegexNode {
        @Override
        public boolean captures() {
            return body.captures();
        }

        @Override
        public int least() {
            return 0;
        }

        @Override
        public int most() {
            return 0;
        }
    }

    /** Matches in its first way only. */
    record Atomic(RegexNode body) implements RegexNode {
        @Override
        public boolean captures() {
            return body.captures();
        }

        @Override
        public int least() {
            return body.least();
        }

        @Override
        public int most() {
            return body.most();
        }
    }

    /** A back-reference: a group's match once more. */
    record Again(int number, boolean ignoreCase, int least, int most) implements RegexNode {}

    /** One of two branches, depending on whether a group matched. */
    record Conditional(int number, RegexNode yes, RegexNode no) implements RegexNode {
        @Override
        public boolean captures() {
            return yes.captures() || no.captures();
        }

        @Override
        public int least() {
            return Math.min(yes.least(), no.least());
        }

        @Override
        public int most() {
            return Math.max(yes.most(), no.most());
        }
    }

    private static int add(int one, int other) {
        return (int) Math.min((long) one + other, UNBOUNDED);
    }

    private static int times(int width, int count) {
        return (int) Math.min((long) width * count, UNBOUNDED);
    }

    /** The single character that it matches, if it is that simple. */
    default @Nullable IntPredicate single() {
        return this instanceof One one ? one.test() : null;
    }
}
