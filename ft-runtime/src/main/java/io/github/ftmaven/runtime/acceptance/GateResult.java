package io.github.ftmaven.runtime.acceptance;

import java.util.List;

/**
 * Whether a model is accepted.
 *
 * @param verdict {@code FAIL} when at least one rule fails the build, else {@code PASS}
 * @param rules one result a rule, in the order of the spec
 */
public record GateResult(Verdict verdict, List<RuleResult> rules) {
    /** Unmodifiable list. */
    public GateResult {
        rules = List.copyOf(rules);
    }

    /** The rules that fail the build. */
    public List<RuleResult> failures() {
        return rules.stream().filter(RuleResult::failsBuild).toList();
    }

    /** The rules that are not met, or not surely, and do not fail the build. */
    public List<RuleResult> warnings() {
        return rules.stream()
                .filter(rule -> rule.verdict() != Verdict.PASS && !rule.failsBuild())
                .toList();
    }

    /** The verdict in a sentence. */
    public String message() {
        if (rules.isEmpty()) {
            return "There are no acceptance rules: any quality is accepted.";
        }
        String all = rules.size() + (rules.size() == 1 ? " acceptance rule" : " acceptance rules");
        int warned = warnings().size();
        if (failures().isEmpty()) {
            return warned == 0
                    ? all + " met."
                    : (rules.size() - warned) + " of " + all + " met, " + warned + " warned.";
        }
        return failures().size() + " of " + all + " not met" + (warned == 0 ? "." : ", " + warned + " warned.");
    }
}
