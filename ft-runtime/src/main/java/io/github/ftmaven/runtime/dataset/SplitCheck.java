package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.checks.InspectedRow;
import io.github.ftmaven.runtime.checks.RowLook;
import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.checks.Sighting;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digest128;
import io.github.ftmaven.runtime.files.Scratch;
import io.github.ftmaven.runtime.spec.LongExamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes every example of a split, counts tokens, applies the length limit, and writes what remains. No more than a few
 * hundred examples are in memory at a time.
 *
 * @param limit longest example in tokens
 * @param limitOrigin where the limit comes from, for messages
 */
record SplitCheck(
        ChatFormat format,
        int limit,
        String limitOrigin,
        LongExamples longExamples,
        InspectedRows inspected,
        RowLook look,
        Scratch scratch) {
    private static final int SHOWN = 10;
    private static final int AT_ONCE = 1 << 10; // examples
    private static final int BYTES_AT_ONCE = 1 << 24;

    /**
     * A split without the examples that are too long.
     *
     * @param rows the rest, for the checks
     * @param lengths the lengths of all examples, those that are too long included
     * @param tooLong the first examples that are too long
     * @param reused how many of the rest an earlier dataset had encoded
     */
    record Checked(
            SplitReport report, StoredRows rows, List<TokenLengths> lengths, List<Sighting> tooLong, int reused) {
        /** Copies the list of the first; the lengths are in columns. */
        Checked {
            tooLong = List.copyOf(tooLong);
        }
    }

    /**
     * An example as the model sees it.
     *
     * @param digest of what its tokens depend on
     * @param altered whether its last answer, decoded from its own tokens, is another text
     * @param reused whether an earlier dataset encoded it
     */
    private record Measured(
            Example example,
            Digest128 digest,
            List<EncodedConversation> encoded,
            boolean altered,
            boolean reused,
            StoredRows.@Nullable Known known,
            @Nullable InvalidInputException problem) {
        int longest() {
            return encoded.stream()
                    .mapToInt(each -> each.tokens().length())
                    .max()
                    .orElse(0);
        }

        long tokens() {
            return encoded.stream().mapToLong(each -> each.tokens().length()).sum();
        }

        long supervised() {
            return encoded.stream()
                    .mapToLong(each -> each.tokens().supervisedCount())
                    .sum();
        }

        int answerLength() {
            return last(encoded).answerLength();
        }

        TokenLengths lengths() {
            EncodedConversation last = last(encoded);
            return new TokenLengths(longest(), last.answerStart(), last.answerLength());
        }

        int separateAnswers() {
            return encoded.stream()
                    .mapToInt(EncodedConversation::separateAnswers)
                    .sum();
        }
    }

    /** What is counted over the examples of a split. */
    private static final class Counts {
        private int rows;
        private int dropped;
        private long tokens;
        private long supervised;
        private int longest;
        private int longestAnswer;
        private int separate;
        private int altered;
        private int several;
        private int rewritten;
        private int reused;

        void add(Measured measured) {
            rows++;
            tokens += measured.tokens();
            supervised += measured.supervised();
            longest = Math.max(longest, measured.longest());
            longestAnswer = Math.max(longestAnswer, measured.answerLength());
            separate += measured.separateAnswers();
            altered += measured.altered() ? 1 : 0;
            reused += measured.reused() ? 1 : 0;
            several += measured.encoded().size() > 1 ? 1 : 0;
            rewritten += measured.encoded().stream().anyMatch(EncodedConversation::rewritten) ? 1 : 0;
        }

        SplitReport report(SplitFiles files) {
            return new SplitReport(
                    rows,
                    new SplitReport.Lengths(
                            tokens,
                            supervised,
                            longest,
                            rows == 0 ? 0 : Math.round(100.0 * tokens / rows) / 100.0,
                            longestAnswer),
                    dropped,
                    new SplitReport.Encoding(separate, altered, several, rewritten),
                    files.examplesSha256(),
                    files.tokensSha256());
        }
    }

    /**
     * Checks one split.
     *
     * @param earlier the tokens that an earlier dataset laid out
     * @param files receive the examples that remain
     * @param progress receives how many examples were looked at, and the tokens in them
     * @throws InvalidInputException at the first example that training cannot use, or that is too long under the rule
     */
    Checked check(
            Split split,
            List<Example> examples,
            EarlierEncodings earlier,
            SplitFiles files,
            ObjLongConsumer<Integer> progress) {
        Counts counts = new Counts();
        StoredRows rows = new StoredRows(examples, inspected, scratch);
        LengthColumns lengths = new LengthColumns(examples.size(), scratch);
        List<Sighting> tooLong = new ArrayList<>();
        Measured first = null;
        for (int start = 0; start < examples.size(); ) {
            int end = end(examples, start);
            List<Measured> block = IntStream.range(start, end)
                    .parallel()
                    .mapToObj(i -> measure(split, examples.get(i).loaded(), earlier))
                    .toList();
            // In the order of the rows, so that the message does not depend on threads.
            long tokens = 0;
            for (int i = start; i < end; i++) {
                Measured measured = block.get(i - start);
                StoredRows.Known known = measured.known();
                if (known == null) {
                    throw problem(measured);
                }
                lengths.set(i, measured.lengths());
                tokens += measured.tokens();
                if (measured.longest() > limit) {
                    counts.dropped++;
                    if (tooLong.size() < SHOWN) {
                        tooLong.add(sighting(measured));
                    }
                    continue;
                }
                first = first == null ? measured : first;
                counts.add(measured);
                rows.add(i, known);
                files.write(
                        examples.get(i),
                        measured.example().source(),
                        measured.digest(),
                        measured.encoded(),
                        measured.altered());
            }
            progress.accept(end, tokens);
            start = end;
        }
        files.end();
        if (counts.dropped > 0 && longExamples == LongExamples.ERROR) {
            throw tooLong(split, tooLong.get(0), counts.dropped);
        }
        if (first == null && !examples.isEmpty()) {
            throw new InvalidInputException("dataset." + split.label() + ": every example is longer than "
                    + Counted.of(limit, "token") + " (" + limitOrigin + "), so none is left.");
        }
        if (split == Split.TEST && first != null && counts.altered == counts.rows) {
            throw unreachable(first);
        }
        return new Checked(counts.report(files), rows, lengths, tooLong, counts.reused);
    }

    /** The end of the examples that are in memory together. */
    private static int end(List<Example> examples, int start) {
        int end = start;
        long bytes = 0;
        while (end < examples.size() && end - start < AT_ONCE && bytes < BYTES_AT_ONCE) {
            bytes += examples.get(end).weight();
            end++;
        }
        return end;
    }

    private static InvalidInputException problem(Measured measured) {
        InvalidInputException problem = measured.problem();
        return problem == null
                ? new InvalidInputException(measured.example().source() + ": cannot be used")
                : new InvalidInputException(
                        measured.example().source() + ": " + Sensitive.mask(String.valueOf(problem.getMessage())),
                        problem);
    }

    private static Sighting sighting(Measured measured) {
        return new Sighting(List.of(measured.example().source()), List.of(), Counted.of(measured.longest(), "token"));
    }

    private Measured measure(Split split, Example example, EarlierEncodings earlier) {
        Digest128 digest = EncodingsFile.digest(example);
        Optional<EarlierEncodings.Row> before = earlier.find(digest);
        if (before.isPresent()) {
            List<EncodedConversation> encoded = before.get().encoded();
            boolean altered = before.get().altered();
            return new Measured(example, digest, encoded, altered, true, known(example, last(encoded), altered), null);
        }
        try {
            Conversation conversation = example.conversation();
            List<EncodedConversation> encoded =
                    split == Split.TEST ? List.of(format.encodeLast(conversation)) : format.encode(conversation);
            // Neither training nor evaluation uses an answer that is not learnt.
            boolean used = split == Split.TEST || lastMessage(conversation).learnt();
            boolean altered = used && !read(last(encoded)).equals(expected(conversation));
            return new Measured(example, digest, encoded, altered, false, known(example, last(encoded), altered), null);
        } catch (InvalidInputException e) {
            return new Measured(example, digest, List.of(), false, false, null, e);
        }
    }

    private static EncodedConversation last(List<EncodedConversation> encoded) {
        return encoded.get(encoded.size() - 1);
    }

    private static Message lastMessage(Conversation conversation) {
        return conversation.messages().get(conversation.messages().size() - 1);
    }

    /** An answer, decoded from its own tokens. */
    private String read(EncodedConversation encoded) {
        int[] ids = encoded.tokens().ids();
        return format.answer(Arrays.copyOfRange(ids, encoded.answerStart(), ids.length));
    }

    /** The text that it should be. */
    private String expected(Conversation conversation) {
        return format.expected(conversation).strip();
    }

    private StoredRows.Known known(Example example, EncodedConversation last, boolean altered) {
        InspectedRow row = inspected.row(example, new InspectedRow.Encoded(last.answerLength(), altered));
        return StoredRows.Known.of(example, row, look);
    }

    /** A test that no model can pass does not measure models. */
    private InvalidInputException unreachable(Measured first) {
        String expected = expected(first.example().conversation());
        String read = read(last(first.encoded()));
        return new InvalidInputException("dataset.test: no model can give any of the expected answers. "
                + first.example().source()
                + " expects " + TextNode.valueOf(Sensitive.mask(expected))
                + ", but if a model gives exactly this answer, it is"
                + " read as " + TextNode.valueOf(Sensitive.mask(read))
                + ", and every other row has the same problem."
                + " The goal"
                + " ft:render with -Dft.tokens shows what the chat template and the tokenizer do to an answer.");
    }

    private InvalidInputException tooLong(Split split, Sighting first, int count) {
        int others = count - 1;
        return new InvalidInputException(first.sources().get(0) + ": is " + first.note() + " long, but the limit is "
                + limit + " (" + limitOrigin + ")"
                + (others > 0
                        ? (others == 1 ? "; so is " : "; so are ") + Counted.of(others, "more row", "more rows")
                                + " of " + split.label()
                        : "")
                + ". Shorten it, or set dataset.longExamples: drop to drop such rows.");
    }
}
