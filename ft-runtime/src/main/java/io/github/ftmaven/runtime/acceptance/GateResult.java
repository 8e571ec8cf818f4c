package io.github.ftmaven.runtime.acceptance;

import java.util.List;

/**
 * Whether a model is accepted.
 *
 * @param verdict {@code FAIL} when at least one rule fails
 * @param rules one result a rule, in the order of the spec
 */
public record GateResult(Verdict verdict, List<RuleResult> rules) {
    /** Unmodifiable list. */
    public GateResult {
        rules = List.copyOf(rules);
    }

    /** The verdict in a sentence. */
    public String message() {
        if (rules.isEmpty()) {
            return "There are no acceptance rules: any quality is accepted.";
        }
        String all = rules.size() + (rules.size() == 1 ? " acceptance rule" : " acceptance rules");
        long failed =
                rules.stream().filter(rule -> rule.verdict() == Verdict.FAIL).count();
        return failed == 0 ? all + " met." : failed + " of " + all + " not met.";
    }
}
