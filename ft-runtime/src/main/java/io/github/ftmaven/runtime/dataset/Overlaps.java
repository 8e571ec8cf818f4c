package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Overlap;
import io.github.ftmaven.runtime.spec.Sameness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keeps validation and test questions out of the training examples. */
final class Overlaps {
    private static final int SHOWN = 3;
    private static final int MOST_SHOWN = 60; // characters of a question

    private Overlaps() {}

    /**
     * A row that is learnt, and the row of another split that asks the same.
     *
     * @param learnt the row that is dropped
     */
    record Leak(Example learnt, Example heldOut) {}

    /** The rows that may stay, and the others. */
    record Kept(List<Example> examples, List<Leak> leaks) {}

    /**
     * The training examples that do not repeat the question of a validation or test example.
     *
     * @param rule whether an example that does is an error or dropped
     * @param sameness when two examples count as the same question
     * @throws InvalidInputException if there is such an example and the rule does not drop it
     */
    static Kept remove(
            Split learntSplit,
            List<Example> learnt,
            Split heldOutSplit,
            List<Example> heldOut,
            Overlap rule,
            Sameness sameness) {
        if (heldOut.isEmpty()) {
            return new Kept(learnt, List.of());
        }
        Map<PromptKey, Example> asked = new HashMap<>();
        heldOut.forEach(example -> asked.putIfAbsent(PromptKey.of(example, sameness), example));
        List<Optional<Example>> same = learnt.parallelStream()
                .map(example -> PromptKey.learnt(example, sameness).stream()
                        .map(asked::get)
                        .filter(Objects::nonNull)
                        .findFirst())
                .toList();
        List<Example> kept = new ArrayList<>(learnt.size());
        List<Leak> leaks = new ArrayList<>();
        for (int i = 0; i < learnt.size(); i++) {
            Example example = learnt.get(i);
            same.get(i).ifPresentOrElse(other -> leaks.add(new Leak(example, other)), () -> kept.add(example));
        }
        if (!leaks.isEmpty() && rule == Overlap.ERROR) {
            throw refused(learntSplit, heldOutSplit, leaks);
        }
        return new Kept(kept, leaks);
    }

    private static InvalidInputException refused(Split learnt, Split heldOut, List<Leak> leaks) {
        List<String> pairs = new ArrayList<>();
        boolean otherwise = false;
        for (Leak leak : leaks) {
            boolean exact = PromptKey.learnt(leak.learnt(), Sameness.EXACT)
                    .contains(PromptKey.of(leak.heldOut(), Sameness.EXACT));
            otherwise |= !exact;
            if (pairs.size() < SHOWN) {
                pairs.add(
                        exact
                                ? leak.heldOut().source() + " is "
                                        + leak.learnt().source()
                                : shown(leak.heldOut()) + " is " + shown(leak.learnt()));
            }
        }
        return new InvalidInputException(refusal(learnt, heldOut, pairs, leaks.size(), otherwise));
    }

    /** A row with its last question, for comparison with a row that spells it differently. */
    private static String shown(Example example) {
        Example read = example.loaded();
        List<Message> messages = read.messages();
        String question = Sensitive.mask(
                messages.get(Math.max(0, messages.size() - 2)).content().strip());
        int end = question.offsetByCodePoints(0, Math.min(MOST_SHOWN, question.codePointCount(0, question.length())));
        String beginning = end < question.length() ? question.substring(0, end) + "…" : question;
        return read.source() + " " + TextNode.valueOf(beginning);
    }

    private static String refusal(Split learnt, Split heldOut, List<String> pairs, int count, boolean otherwise) {
        int more = count - pairs.size();
        String shown = String.join(", ", pairs) + (more > 0 ? ", and " + more + " more" : "");
        return shown + ": the same prompt is in " + learnt.label() + " and in " + heldOut.label()
                + ", so the score would measure memorization. Remove these rows from " + learnt.label()
                + ", or set dataset.overlap: drop."
                + (otherwise
                        ? " Prompts that differ only in case, white space, trailing punctuation or Unicode form"
                                + " count as"
                                + " the same, unless dataset.sameQuestion is exact."
                        : "");
    }
}
