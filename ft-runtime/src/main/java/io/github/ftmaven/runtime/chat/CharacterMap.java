package io.github.ftmaven.runtime.chat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;

/**
 * SentencePiece's table of character replacements: the size of a trie in bytes, the trie as a double array, and the
 * replacement texts, each terminated by a 0. The library does not check its bounds.
 */
final class CharacterMap {
    /** The trie grows in blocks of 256 units of four bytes. */
    private static final int BLOCK = 1024;

    private final int[] units;
    private final byte[] texts;

    private CharacterMap(int[] units, byte[] texts) {
        this.units = units;
        this.texts = texts;
    }

    /** Whether every path through the table stays within it. */
    static boolean isSound(String encoded) {
        try {
            ByteBuffer map =
                    ByteBuffer.wrap(Base64.getDecoder().decode(encoded)).order(ByteOrder.LITTLE_ENDIAN);
            int size = map.remaining() < Integer.BYTES ? 0 : map.getInt();
            if (size <= 0 || size % BLOCK != 0 || size > map.remaining()) {
                return false;
            }
            int[] units = new int[size / Integer.BYTES];
            map.asIntBuffer().get(units);
            byte[] texts = new byte[map.remaining() - size];
            map.position(map.position() + size).get(texts);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(texts));
            return new CharacterMap(units, texts).isSound();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return false;
        }
    }

    private boolean isSound() {
        BitSet seen = new BitSet(units.length);
        ArrayDeque<Integer> open = new ArrayDeque<>();
        open.add(offset(units[0]));
        while (!open.isEmpty()) {
            int base = open.remove();
            if (base < 0 || (base | 0xFF) >= units.length) {
                return false; // some byte leads outside
            }
            for (int label = 1; label <= 0xFF; label++) {
                int place = base ^ label;
                int unit = units[place];
                if ((unit & 0x800000FF) == label && !seen.get(place)) {
                    seen.set(place);
                    int next = place ^ offset(unit);
                    if ((unit >>> 8 & 1) == 1
                            && (next < 0 || next >= units.length || !isText(units[next] & 0x7FFFFFFF))) {
                        return false;
                    }
                    open.add(next);
                }
            }
        }
        return true;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    /** Whether a text starts here. */
    private boolean isText(int index) {
        return index < texts.length && (texts[index] & 0xC0) != 0x80;
    }
}
