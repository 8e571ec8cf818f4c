package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.spec.CheckLevel;
import java.util.List;

/**
 * What one check found.
 *
 * @param check its key below {@code dataset.checks}, or below {@code dataset} for a rule with a key of its own
 * @param level what follows from a finding
 * @param remedy what to do about it, in one sentence
 */
public record CheckResult(String check, CheckLevel level, List<Finding> findings, String remedy) {
    /** Copies the list. */
    public CheckResult {
        findings = List.copyOf(findings);
    }

    /** Whether the build ends with it. */
    boolean fails() {
        return level == CheckLevel.FAIL && !findings.isEmpty();
    }
}
