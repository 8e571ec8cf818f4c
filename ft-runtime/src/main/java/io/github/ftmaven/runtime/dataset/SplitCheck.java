package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.checks.InspectedRow;
import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.checks.Sighting;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.LongExamples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Encodes every example of a split, counts tokens, and applies the length limit.
 *
 * @param limit longest example in tokens
 * @param limitOrigin where the limit comes from, for messages
 */
record SplitCheck(
        ChatFormat format, int limit, String limitOrigin, LongExamples longExamples, InspectedRows inspected) {
    /**
     * A split without the examples that are too long.
     *
     * @param examples the content of its file
     * @param rows the same for the checks
     * @param lengths the lengths of all examples, those that are too long included
     * @param tooLong the first examples that are too long
     */
    record Checked(
            SplitReport report,
            List<Example> examples,
            List<InspectedRow> rows,
            List<TokenLengths> lengths,
            List<Sighting> tooLong) {
        /** Copies the lists. */
        Checked {
            examples = List.copyOf(examples);
            rows = List.copyOf(rows);
            lengths = List.copyOf(lengths);
            tooLong = List.copyOf(tooLong);
        }
    }

    private static final int SHOWN = 10;

    /**
     * An example as the model sees it.
     *
     * @param read its last answer, decoded from its own tokens
     * @param expected the text that {@code read} is compared with
     */
    private record Measured(
            Example example,
            List<EncodedConversation> encoded,
            String read,
            String expected,
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
            return encoded.get(encoded.size() - 1).answerLength();
        }

        TokenLengths lengths() {
            EncodedConversation last = encoded.get(encoded.size() - 1);
            return new TokenLengths(longest(), last.answerStart(), last.answerLength());
        }

        int separateAnswers() {
            return encoded.stream()
                    .mapToInt(EncodedConversation::separateAnswers)
                    .sum();
        }

        boolean altered() {
            return !read.equals(expected);
        }
    }

    /**
     * Checks one split.
     *
     * @throws InvalidInputException at the first example that training cannot use, or that is too long under the rule
     */
    Checked check(Split split, List<Example> examples) {
        List<Measured> all = examples.parallelStream()
                .map(example -> measure(split, example))
                .toList();
        // In the order of the rows, so that the message does not depend on threads.
        for (Measured measured : all) {
            if (measured.problem() != null) {
                throw new InvalidInputException(
                        measured.example().source() + ": " + measured.problem().getMessage(), measured.problem());
            }
        }
        List<Measured> kept = new ArrayList<>();
        List<Measured> tooLong = new ArrayList<>();
        all.forEach(measured -> (measured.longest() <= limit ? kept : tooLong).add(measured));
        if (!tooLong.isEmpty() && longExamples == LongExamples.ERROR) {
            throw tooLong(split, tooLong);
        }
        if (kept.isEmpty() && !examples.isEmpty()) {
            throw new InvalidInputException("dataset." + split.label() + ": every example is longer than "
                    + Counted.of(limit, "token") + " (" + limitOrigin + "), so none is left.");
        }
        requireReachable(split, kept);
        List<Example> written = kept.stream().map(Measured::example).toList();
        return new Checked(
                report(kept, tooLong.size(), ExampleLines.sha256(written)),
                written,
                kept.parallelStream().map(this::row).toList(),
                all.stream().map(Measured::lengths).toList(),
                tooLong.stream().limit(SHOWN).map(SplitCheck::sighting).toList());
    }

    private InspectedRow row(Measured measured) {
        return inspected.row(measured.example(), new InspectedRow.Encoded(measured.answerLength(), measured.altered()));
    }

    private static Sighting sighting(Measured measured) {
        return new Sighting(List.of(measured.example().source()), List.of(), Counted.of(measured.longest(), "token"));
    }

    private Measured measure(Split split, Example example) {
        try {
            Conversation conversation = example.conversation();
            List<EncodedConversation> encoded =
                    split == Split.TEST ? List.of(format.encodeLast(conversation)) : format.encode(conversation);
            EncodedConversation last = encoded.get(encoded.size() - 1);
            if (!conversation.messages().get(conversation.messages().size() - 1).learnt() && split != Split.TEST) {
                return new Measured(
                        example, encoded, "", "", null); // neither training nor evaluation uses its last answer
            }
            int[] ids = last.tokens().ids();
            String read = format.answer(Arrays.copyOfRange(ids, last.answerStart(), ids.length));
            String expected = format.expected(conversation).strip();
            return new Measured(example, encoded, read, expected, null);
        } catch (InvalidInputException e) {
            return new Measured(example, List.of(), "", "", e);
        }
    }

    /** A test that no model can pass does not measure models. */
    private static void requireReachable(Split split, List<Measured> kept) {
        if (split == Split.TEST && !kept.isEmpty() && kept.stream().allMatch(Measured::altered)) {
            Measured first = kept.get(0);
            throw new InvalidInputException("dataset.test: no model can give any of the expected answers. "
                    + first.example().source()
                    + " expects " + TextNode.valueOf(Sensitive.mask(first.expected()))
                    + ", but if a model gives exactly this answer, it is"
                    + " read as " + TextNode.valueOf(Sensitive.mask(first.read()))
                    + ", and every other row has the same problem."
                    + " The goal"
                    + " ft:render with -Dft.tokens shows what the chat template and the tokenizer do to an answer.");
        }
    }

    private InvalidInputException tooLong(Split split, List<Measured> tooLong) {
        int others = tooLong.size() - 1;
        return new InvalidInputException(tooLong.get(0).example().source() + ": is "
                + Counted.of(tooLong.get(0).longest(), "token") + " long, but the limit is " + limit + " ("
                + limitOrigin + ")"
                + (others > 0
                        ? (others == 1 ? "; so is " : "; so are ") + Counted.of(others, "more row", "more rows")
                                + " of " + split.label()
                        : "")
                + ". Shorten it, or set dataset.longExamples: drop to drop such rows.");
    }

    private static SplitReport report(List<Measured> kept, int dropped, String sha256) {
        long tokens = kept.stream().mapToLong(Measured::tokens).sum();
        SplitReport.Lengths lengths = new SplitReport.Lengths(
                tokens,
                kept.stream().mapToLong(Measured::supervised).sum(),
                kept.stream().mapToInt(Measured::longest).max().orElse(0),
                kept.isEmpty() ? 0 : Math.round(100.0 * tokens / kept.size()) / 100.0,
                kept.stream().mapToInt(Measured::answerLength).max().orElse(0));
        SplitReport.Encoding encoding = new SplitReport.Encoding(
                kept.stream().mapToInt(Measured::separateAnswers).sum(),
                count(kept, Measured::altered),
                count(kept, measured -> measured.encoded().size() > 1),
                count(kept, measured -> measured.encoded().stream().anyMatch(EncodedConversation::rewritten)));
        return new SplitReport(kept.size(), lengths, dropped, encoding, sha256);
    }

    private static int count(List<Measured> kept, Predicate<Measured> which) {
        return (int) kept.stream().filter(which).count();
    }
}
