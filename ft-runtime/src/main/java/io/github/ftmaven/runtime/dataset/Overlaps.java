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
import java.util.stream.Collectors;

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
        Map<PromptKey, Example> asked = new HashMap<>();
        heldOut.forEach(example -> asked.putIfAbsent(PromptKey.of(example, sameness), example));
        List<Example> kept = new ArrayList<>();
        List<Leak> leaks = new ArrayList<>();
        List<String> pairs = new ArrayList<>();
        boolean otherwise = false;
        for (Example example : learnt) {
            List<Example> same = PromptKey.learnt(example, sameness).stream()
                    .filter(asked::containsKey)
                    .map(asked::get)
                    .toList();
            if (same.isEmpty()) {
                kept.add(example);
            } else {
                boolean exact =
                        PromptKey.learnt(example, Sameness.EXACT).contains(PromptKey.of(same.get(0), Sameness.EXACT));
                otherwise |= !exact;
                leaks.add(new Leak(example, same.get(0)));
                pairs.add(
                        exact
                                ? same.get(0).source() + " is " + example.source()
                                : shown(same.get(0)) + " is " + shown(example));
            }
        }
        if (!pairs.isEmpty() && rule == Overlap.ERROR) {
            throw new InvalidInputException(refusal(learntSplit, heldOutSplit, pairs, otherwise));
        }
        return new Kept(List.copyOf(kept), List.copyOf(leaks));
    }

    /** A row with its last question, for comparison with a row that spells it differently. */
    private static String shown(Example example) {
        List<Message> messages = example.messages();
        String question = Sensitive.mask(
                messages.get(Math.max(0, messages.size() - 2)).content().strip());
        int end = question.offsetByCodePoints(0, Math.min(MOST_SHOWN, question.codePointCount(0, question.length())));
        String beginning = end < question.length() ? question.substring(0, end) + "…" : question;
        return example.source() + " " + TextNode.valueOf(beginning);
    }

    private static String refusal(Split learnt, Split heldOut, List<String> pairs, boolean otherwise) {
        int more = pairs.size() - SHOWN;
        String shown = pairs.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : "");
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
