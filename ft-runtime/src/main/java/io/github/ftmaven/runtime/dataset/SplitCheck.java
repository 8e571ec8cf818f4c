package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes every example of a split, counts tokens, and applies the limit of length.
 *
 * @param limit longest example in tokens
 * @param limitOrigin where the limit comes from, for messages
 */
record SplitCheck(ChatFormat format, int limit, String limitOrigin, FineTuneSpec.LongExamples longExamples) {
    /**
     * A split without its too long examples.
     *
     * @param bytes the content of its file
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    record Checked(SplitReport report, byte[] bytes) {}

    private record Measured(
            Example example,
            int length,
            int supervised,
            int answerLength,
            int separateAnswers,
            boolean altered,
            @Nullable InvalidInputException problem) {}

    /**
     * Checks one split.
     *
     * @throws InvalidInputException at the first example that cannot be learnt from or, by the rule, is too long
     */
    Checked check(Split split, List<Example> examples) {
        List<Measured> all = examples.parallelStream().map(this::measure).toList();
        // In the order of the rows, so that the message does not depend on threads.
        for (Measured measured : all) {
            if (measured.problem() != null) {
                throw new InvalidInputException(
                        measured.example().source() + ": " + measured.problem().getMessage(), measured.problem());
            }
        }
        List<Measured> kept = new ArrayList<>();
        List<Measured> tooLong = new ArrayList<>();
        all.forEach(measured -> (measured.length() <= limit ? kept : tooLong).add(measured));
        if (!tooLong.isEmpty() && longExamples == FineTuneSpec.LongExamples.ERROR) {
            throw tooLong(split, tooLong);
        }
        if (kept.isEmpty() && !examples.isEmpty()) {
            throw new InvalidInputException("dataset." + split.label() + ": every example is longer than " + limit
                    + " tokens (" + limitOrigin + "), so none is left.");
        }
        byte[] bytes = ExampleLines.write(kept.stream().map(Measured::example).toList());
        return new Checked(report(kept, tooLong.size(), Sha256.of(bytes)), bytes);
    }

    private Measured measure(Example example) {
        try {
            EncodedConversation encoded = format.encodeInDetail(example.conversation());
            int[] ids = encoded.tokens().ids();
            String read = format.answer(Arrays.copyOfRange(ids, encoded.answerStart(), ids.length));
            return new Measured(
                    example,
                    encoded.tokens().length(),
                    encoded.tokens().supervisedCount(),
                    encoded.answerLength(),
                    encoded.separateAnswers(),
                    !read.equals(format.expected(example.conversation()).strip()),
                    null);
        } catch (InvalidInputException e) {
            return new Measured(example, 0, 0, 0, 0, false, e);
        }
    }

    private InvalidInputException tooLong(Split split, List<Measured> tooLong) {
        int others = tooLong.size() - 1;
        return new InvalidInputException(tooLong.get(0).example().source() + ": is "
                + tooLong.get(0).length() + " tokens long, where " + limit + " are allowed (" + limitOrigin + ")"
                + (others > 0 ? "; so are " + others + " more rows of " + split.label() : "")
                + ". Shorten it, or set dataset.longExamples: drop to leave such rows out.");
    }

    private static SplitReport report(List<Measured> kept, int dropped, String sha256) {
        long tokens = kept.stream().mapToLong(Measured::length).sum();
        return new SplitReport(
                kept.size(),
                tokens,
                kept.stream().mapToLong(Measured::supervised).sum(),
                kept.stream().mapToInt(Measured::length).max().orElse(0),
                kept.isEmpty() ? 0 : Math.round(100.0 * tokens / kept.size()) / 100.0,
                kept.stream().mapToInt(Measured::answerLength).max().orElse(0),
                dropped,
                kept.stream().mapToInt(Measured::separateAnswers).sum(),
                (int) kept.stream().filter(Measured::altered).count(),
                sha256);
    }
}
