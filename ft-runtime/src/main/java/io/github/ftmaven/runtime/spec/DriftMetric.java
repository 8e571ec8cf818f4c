package io.github.ftmaven.runtime.spec;

import java.util.List;

/** The metrics about the training set itself: how far it is from that of the released adapter. */
public final class DriftMetric {
    /** The largest of the parts. */
    public static final String DRIFT = "drift";

    /** What the names of the parts begin with. */
    public static final String PREFIX = DRIFT + ".";

    /** All names. */
    public static final List<String> NAMES =
            List.of(DRIFT, PREFIX + "labels", PREFIX + "lengths", PREFIX + "vocabulary");

    private DriftMetric() {}

    /** Whether a metric is one of them. */
    public static boolean is(String metric) {
        return NAMES.contains(metric);
    }

    /** Whether a rule needs them. */
    public static boolean isWanted(List<Rule> rules) {
        return rules.stream().anyMatch(rule -> is(rule.metric()));
    }
}
