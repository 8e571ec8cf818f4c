package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Overlap;
import io.github.ftmaven.runtime.spec.Sameness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps what is measured out of what is learnt. */
final class Overlaps {
    private static final int SHOWN = 3;
    private static final int MOST_SHOWN = 60; // characters of a question

    private Overlaps() {}

    /**
     * The learnt examples that ask nothing a held-out example asks.
     *
     * @param rule whether an example that does is refused or left out
     * @param sameness when two examples ask the same
     * @throws InvalidInputException if one is refused
     */
    static List<Example> remove(
            Split learntSplit,
            List<Example> learnt,
            Split heldOutSplit,
            List<Example> heldOut,
            Overlap rule,
            Sameness sameness) {
        Map<PromptKey, Example> asked = new HashMap<>();
        heldOut.forEach(example -> asked.putIfAbsent(PromptKey.of(example, sameness), example));
        List<Example> kept = new ArrayList<>();
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
                pairs.add(
                        exact
                                ? same.get(0).source() + " is " + example.source()
                                : shown(same.get(0)) + " is " + shown(example));
            }
        }
        if (!pairs.isEmpty() && rule == Overlap.ERROR) {
            throw new InvalidInputException(refusal(learntSplit, heldOutSplit, pairs, otherwise));
        }
        return kept;
    }

    /** A row with the question it asks last, to be seen beside one that writes it otherwise. */
    private static String shown(Example example) {
        List<Message> messages = example.messages();
        String question =
                messages.get(Math.max(0, messages.size() - 2)).content().strip();
        int end = question.offsetByCodePoints(0, Math.min(MOST_SHOWN, question.codePointCount(0, question.length())));
        String beginning = end < question.length() ? question.substring(0, end) + "…" : question;
        return example.source() + " " + TextNode.valueOf(beginning);
    }

    private static String refusal(Split learnt, Split heldOut, List<String> pairs, boolean otherwise) {
        int more = pairs.size() - SHOWN;
        String shown = pairs.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : "");
        return shown + ": the same prompt is in " + learnt.label() + " and in " + heldOut.label()
                + ", which would measure memory. Remove these rows from " + learnt.label()
                + ", or set dataset.overlap: drop to leave them out."
                + (otherwise
                        ? " Prompts that differ only in case, white space, punctuation at the end or Unicode's forms are"
                                + " the same, unless dataset.sameQuestion is exact."
                        : "");
    }

    /** How many examples say again what an earlier one said. */
    static int duplicates(List<Example> examples, Sameness sameness) {
        Set<List<Object>> seen = new HashSet<>();
        return (int) examples.stream()
                .filter(example -> !seen.add(List.of(
                        PromptKey.of(example, sameness), example.answer().strip())))
                .count();
    }

    /** How many examples ask what an earlier one asks. */
    static int copies(List<Example> examples, Sameness sameness) {
        Set<PromptKey> seen = new HashSet<>();
        return (int) examples.stream()
                .filter(example -> !seen.add(PromptKey.of(example, sameness)))
                .count();
    }

    /** How many prompts have more than one answer. */
    static int contradictions(List<Example> examples, Sameness sameness) {
        Map<PromptKey, Set<String>> answers = new HashMap<>();
        examples.forEach(example -> answers.computeIfAbsent(PromptKey.of(example, sameness), key -> new HashSet<>())
                .add(example.answer().strip()));
        return (int) answers.values().stream().filter(set -> set.size() > 1).count();
    }
}
