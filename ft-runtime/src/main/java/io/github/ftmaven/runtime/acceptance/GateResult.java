package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.spec.DriftMetric;
import java.util.List;
import java.util.Optional;

/**
 * Whether a model is accepted.
 *
 * @param verdict {@code FAIL} if at least one rule fails the build, {@code PASS} if none does but one about answers could
 *     have, otherwise {@code NOT_JUDGED}
 * @param rules one result per applied rule, in the order of the spec
 * @param notApplied a sentence for each rule that was not applied
 */
public record GateResult(Verdict verdict, List<RuleResult> rules, List<String> notApplied) {
    /** Unmodifiable lists. */
    public GateResult {
        rules = List.copyOf(rules);
        notApplied = List.copyOf(notApplied);
    }

    /** The rules that fail the build. */
    public List<RuleResult> failures() {
        return rules.stream().filter(RuleResult::failsBuild).toList();
    }

    /** The rules that are unmet or inconclusive, but do not fail the build. */
    public List<RuleResult> warnings() {
        return rules.stream()
                .filter(rule -> rule.verdict() != Verdict.PASS && !rule.failsBuild())
                .toList();
    }

    /** One sentence for each rule that every model meets. */
    public List<String> alwaysMet() {
        return rules.stream()
                .map(RuleResult::rule)
                .map(Strictness::alwaysMet)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The verdict in a sentence. */
    public String message() {
        int left = notApplied.size();
        if (rules.isEmpty()) {
            String none = left == 0
                    ? "There are no acceptance rules"
                    : left == 1
                            ? "The only acceptance rule was not applied"
                            : "None of the " + left + " acceptance rules was applied";
            return none + ": any quality is accepted.";
        }
        String met = met(left);
        if (verdict != Verdict.NOT_JUDGED) {
            return met;
        }
        boolean drift =
                rules.stream().anyMatch(rule -> DriftMetric.is(rule.rule().metric()));
        return "No acceptance rule " + (drift ? "about answers " : "") + "can fail the build: " + met;
    }

    private String met(int left) {
        String all = rules.size() + (rules.size() == 1 ? " acceptance rule" : " acceptance rules");
        int failed = failures().size();
        int warned = warnings().size();
        String message = failed > 0
                ? failed + " of " + all + " not met"
                : warned > 0 ? (rules.size() - warned) + " of " + all + " met" : all + " met";
        return message + (warned == 0 ? "" : ", " + warned + " warned")
                + (left == 0 ? "" : ", " + left + " not applied") + ".";
    }
}
