package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.spec.Sameness;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Draws validation examples from the training examples.
 *
 * <p>Examples with the same first prompt stay together, so the draw does not create overlaps. The choice depends on the
 * seed and the prompts, not on the order of the rows, and changes little when rows are added.
 *
 * @param train the remaining training examples, in their order
 * @param validation the drawn examples, in their order
 */
record ValidationDraw(List<Example> train, List<Example> validation) {
    /**
     * Draws about a fraction of the examples, but at least one, and leaves at least one.
     *
     * @param fraction in [0, 1); 0 draws none
     * @param sameness when two prompts are the same
     */
    static ValidationDraw of(List<Example> examples, double fraction, long seed, Sameness sameness) {
        if (fraction == 0) {
            return new ValidationDraw(examples, List.of());
        }
        Map<PromptKey, List<Example>> groups = new LinkedHashMap<>();
        examples.forEach(example -> groups.computeIfAbsent(
                        PromptKey.learnt(example, sameness).get(0), key -> new ArrayList<>())
                .add(example));
        Map<String, List<Example>> shuffled = new TreeMap<>();
        groups.forEach((key, group) -> shuffled.put(least(group, seed), group));

        long wanted = Math.max(1, Math.round(fraction * examples.size()));
        Set<Example> drawn = Collections.newSetFromMap(new IdentityHashMap<>());
        for (List<Example> group : shuffled.values()) {
            if (drawn.size() < wanted && drawn.size() + group.size() < examples.size()) {
                drawn.addAll(group);
            }
        }
        return new ValidationDraw(
                examples.stream().filter(e -> !drawn.contains(e)).toList(),
                examples.stream().filter(e -> drawn.contains(e)).toList());
    }

    /** Orders groups by the spelling of their prompt; the first prompt represents a group with several spellings. */
    private static String least(List<Example> group, long seed) {
        return group.stream()
                .map(example ->
                        rank(AskedQuestion.learnt(example, Sameness.EXACT).get(0), seed))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private static String rank(AskedQuestion asked, long seed) {
        StringBuilder text = new StringBuilder().append(seed);
        for (Message message : asked.messages()) {
            text.append('\0').append(message.role()).append('\0').append(message.content());
        }
        return Digests.sha256(text.toString());
    }
}
