package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.checks.InspectedRow;
import io.github.ftmaven.runtime.checks.RowLook;
import io.github.ftmaven.runtime.checks.RowNotes;
import io.github.ftmaven.runtime.checks.SplitRows;
import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Scratch;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a split that are used: what is known of each in columns, and its texts where its example is stored. */
final class StoredRows implements SplitRows {
    private static final int DIGESTS = 5;

    private final List<Example> all;
    private final InspectedRows inspected;
    private final Scratch.Longs digests; // of the question, of its normal form, of the answer
    private final Scratch.Ints tokens;
    private final Scratch.Ints marks;
    private final Scratch.Ints places; // among all examples
    private final Scratch.Ints characters;
    private int size;

    /**
     * No rows yet.
     *
     * @param all the examples of the split, used or not
     */
    StoredRows(List<Example> all, InspectedRows inspected, Scratch scratch) {
        this.all = all;
        this.inspected = inspected;
        this.digests = scratch.longs((long) DIGESTS * all.size());
        this.tokens = scratch.ints(all.size());
        this.marks = scratch.ints(all.size());
        this.places = scratch.ints(all.size());
        this.characters = scratch.ints(all.size());
    }

    /**
     * What is known of a row.
     *
     * @param characters of its messages
     */
    record Known(Digest128 question, Digest128 normal, RowNotes notes, int characters) {
        static Known of(Example example, InspectedRow row, RowLook look) {
            return new Known(
                    row.question().key(),
                    Digest128.of(row.question().normal()),
                    look.notes(row),
                    example.messages().stream()
                            .mapToInt(message -> message.content().length())
                            .sum());
        }
    }

    /** Adds a row, which is the example at a place among all. */
    void add(int place, Known known) {
        long digest = (long) DIGESTS * size;
        digests.set(digest, known.question().high());
        digests.set(digest + 1, known.question().low());
        digests.set(digest + 2, known.normal().high());
        digests.set(digest + 3, known.normal().low());
        digests.set(digest + 4, known.notes().answer());
        tokens.set(size, known.notes().tokens());
        marks.set(size, known.notes().marks());
        places.set(size, place);
        characters.set(size, known.characters());
        size++;
    }

    /** The examples of the rows. */
    List<Example> examples() {
        return new AbstractList<>() {
            @Override
            public Example get(int index) {
                return all.get(places.get(index));
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    /** The rows from the fewest characters to the most. */
    int[] byCharacters() {
        long[] sorted = IntStream.range(0, size)
                .mapToLong(i -> (long) characters.get(i) << 32 | i)
                .toArray();
        Arrays.sort(sorted);
        return Arrays.stream(sorted).mapToInt(key -> (int) key).toArray();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public RowNotes notes(int index) {
        return new RowNotes(digests.get((long) DIGESTS * index + 4), tokens.get(index), marks.get(index));
    }

    @Override
    public InspectedRow row(int index) {
        RowNotes notes = notes(index);
        return inspected.row(
                all.get(places.get(index)), new InspectedRow.Encoded(notes.tokens(), RowLook.isAltered(notes)));
    }

    @Override
    public Digest128 question(int index) {
        return digest((long) DIGESTS * index);
    }

    @Override
    public Digest128 normal(int index) {
        return digest((long) DIGESTS * index + 2);
    }

    private Digest128 digest(long at) {
        return new Digest128(digests.get(at), digests.get(at + 1));
    }

    @Override
    public String normalText(int index) {
        return SameQuestion.normal(
                InspectedRows.question(all.get(places.get(index)).loaded()));
    }
}
