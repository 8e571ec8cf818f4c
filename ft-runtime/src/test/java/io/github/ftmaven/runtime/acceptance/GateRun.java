package io.github.ftmaven.runtime.acceptance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.SampleScores;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.spec.Rule;
import java.util.List;
import java.util.Map;

/** Scores that the tests of the gate share, and the gate. */
abstract class GateRun {
    /** 200 items: base right on 120, tuned on 150; 40 fixed and 10 broken. */
    static final Scores BETTER = SampleScores.of(
            SampleScores.answers("tuned", 200, i -> i >= 10 && i < 160),
            SampleScores.answers("base", 200, i -> i < 120),
            SampleScores.answers("few-shot 5", 200, i -> i < 146));

    static Scores only(ItemScore item, Map<String, Double> scores) {
        ItemScore edited = new ItemScore(item.id(), item.expected(), item.answer(), scores);
        return SampleScores.of(new ProviderScores("tuned", Map.of("accuracy", 0.0), List.of(edited)));
    }

    static void assertRefused(Rule rule, String message) {
        assertThatThrownBy(() -> check(List.of(rule), BETTER))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    static RuleResult only(Rule rule, Scores scores) {
        return check(List.of(rule), scores).rules().get(0);
    }

    static GateResult check(List<Rule> rules, Scores scores) {
        return Gate.check(rules, scores, null);
    }
}
