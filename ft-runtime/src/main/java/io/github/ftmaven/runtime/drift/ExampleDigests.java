package io.github.ftmaven.runtime.drift;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A digest of the question and one of the answer of each example, sorted, in a compact file. */
public final class ExampleDigests {
    /** The file's name. */
    public static final String FILE = "examples.bin";

    private static final byte[] HEADER = "ft-examples 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int BYTES = 2 * Long.BYTES;

    /** The digests of one example. */
    public record Digest(long question, long answer) implements Comparable<Digest> {
        private static final Comparator<Digest> ORDER =
                Comparator.comparingLong(Digest::question).thenComparingLong(Digest::answer);

        @Override
        public int compareTo(Digest other) {
            return ORDER.compare(this, other);
        }
    }

    private final List<Digest> learnt;
    private final List<Digest> test;

    /**
     * Sorts digests.
     *
     * @param learnt those of training and validation rows, so that rows that are drawn anew do not seem to change
     * @param test those of test rows
     */
    public ExampleDigests(List<Digest> learnt, List<Digest> test) {
        this.learnt = learnt.stream().sorted().toList();
        this.test = test.stream().sorted().toList();
    }

    /** The training and validation rows. */
    public List<Digest> learnt() {
        return learnt;
    }

    /** The test rows. */
    public List<Digest> test() {
        return test;
    }

    /** The file's content. */
    public byte[] bytes() {
        ByteBuffer out = ByteBuffer.allocate(HEADER.length + 2 * Integer.BYTES + BYTES * (learnt.size() + test.size()));
        out.put(HEADER).putInt(learnt.size()).putInt(test.size());
        learnt.forEach(each -> out.putLong(each.question()).putLong(each.answer()));
        test.forEach(each -> out.putLong(each.question()).putLong(each.answer()));
        return out.array();
    }

    /**
     * Reads what {@link #bytes} wrote.
     *
     * @param shown where it is, for messages
     * @param advice one sentence: what the user can do when it cannot be read
     * @throws InvalidInputException if it is something else
     */
    public static ExampleDigests parse(String shown, byte[] bytes, String advice) {
        int start = HEADER.length + 2 * Integer.BYTES;
        if (bytes.length >= start && Arrays.equals(bytes, 0, HEADER.length, HEADER, 0, HEADER.length)) {
            ByteBuffer in = ByteBuffer.wrap(bytes, HEADER.length, bytes.length - HEADER.length);
            int learnt = in.getInt();
            int test = in.getInt();
            if (learnt >= 0 && test >= 0 && ((long) learnt + test) * BYTES == bytes.length - start) {
                return new ExampleDigests(read(in, learnt), read(in, test));
            }
        }
        throw new InvalidInputException(shown + ": not digests of examples, or cut off. " + advice);
    }

    private static List<Digest> read(ByteBuffer in, int count) {
        List<Digest> digests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            digests.add(new Digest(in.getLong(), in.getLong()));
        }
        return digests;
    }
}
