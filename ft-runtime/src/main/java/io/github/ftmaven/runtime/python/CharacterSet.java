package io.github.ftmaven.runtime.python;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A set in brackets, or the characters that are equal where case is ignored. */
final class CharacterSet implements IntPredicate {
    private final boolean negated;
    private final BitSet ascii;
    private final int[] bounds;
    private final IntPredicate[] kinds;

    /**
     * Creates a set.
     *
     * @param members single characters and ranges; modified
     * @param kinds the letters of classes, as {@code d} or {@code W}
     */
    CharacterSet(boolean negated, BitSet members, Set<Character> kinds, boolean ignoreCase, boolean ascii) {
        this.negated = negated;
        this.kinds = kinds.stream()
                .map(kind -> Characters.kind(kind, ascii))
                .map(kind -> ignoreCase && !ascii ? lowered(kind) : kind)
                .toArray(IntPredicate[]::new);
        if (ignoreCase) {
            Characters.addSameLetters(members, ascii);
        }
        this.ascii = members.get(0, 128);
        this.bounds = bounds(members);
    }

    /** The code points at which membership changes, in order. */
    private static int[] bounds(BitSet members) {
        IntStream.Builder bounds = IntStream.builder();
        for (int from = members.nextSetBit(0); from >= 0; ) {
            int to = members.nextClearBit(from);
            bounds.add(from).add(to);
            from = members.nextSetBit(to);
        }
        return bounds.build().toArray();
    }

    private boolean lists(int c) {
        if (c < 128) {
            return ascii.get(c);
        }
        int place = Arrays.binarySearch(bounds, c);
        return ((place >= 0 ? place + 1 : -1 - place) & 1) == 1;
    }

    private static IntPredicate lowered(IntPredicate kind) {
        return c -> kind.test(Character.toLowerCase(c));
    }

    @Override
    public boolean test(int c) {
        return (lists(c) || Arrays.stream(kinds).anyMatch(kind -> kind.test(c))) != negated;
    }
}
