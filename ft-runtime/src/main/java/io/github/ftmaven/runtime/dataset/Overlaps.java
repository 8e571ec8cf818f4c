package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
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

    private Overlaps() {}

    /**
     * The learnt examples that ask nothing a held-out example asks.
     *
     * @param rule whether an example that does is refused or left out
     * @throws InvalidInputException if one is refused
     */
    static List<Example> remove(
            Split learntSplit,
            List<Example> learnt,
            Split heldOutSplit,
            List<Example> heldOut,
            FineTuneSpec.Overlap rule) {
        Map<PromptKey, Example> asked = new HashMap<>();
        heldOut.forEach(example -> asked.putIfAbsent(PromptKey.of(example), example));
        List<Example> kept = new ArrayList<>();
        List<String> pairs = new ArrayList<>();
        for (Example example : learnt) {
            List<Example> same = PromptKey.learnt(example).stream()
                    .filter(asked::containsKey)
                    .map(asked::get)
                    .toList();
            if (same.isEmpty()) {
                kept.add(example);
            } else {
                pairs.add(same.get(0).source() + " is " + example.source());
            }
        }
        if (!pairs.isEmpty() && rule == FineTuneSpec.Overlap.ERROR) {
            throw new InvalidInputException(refusal(learntSplit, heldOutSplit, pairs));
        }
        return kept;
    }

    private static String refusal(Split learnt, Split heldOut, List<String> pairs) {
        int more = pairs.size() - SHOWN;
        String shown = pairs.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (more > 0 ? ", and " + more + " more" : "");
        return shown + ": the same prompt is in " + learnt.label() + " and in " + heldOut.label()
                + ", which would measure memory. Remove these rows from " + learnt.label()
                + ", or set dataset.overlap: drop to leave them out.";
    }

    /** How many examples say again what an earlier one said. */
    static int duplicates(List<Example> examples) {
        Set<List<Object>> seen = new HashSet<>();
        return (int) examples.stream()
                .filter(example -> !seen.add(
                        List.of(PromptKey.of(example), example.answer().strip())))
                .count();
    }

    /** How many prompts have more than one answer. */
    static int contradictions(List<Example> examples) {
        Map<PromptKey, Set<String>> answers = new HashMap<>();
        examples.forEach(example -> answers.computeIfAbsent(PromptKey.of(example), key -> new HashSet<>())
                .add(example.answer().strip()));
        return (int) answers.values().stream().filter(set -> set.size() > 1).count();
    }
}
