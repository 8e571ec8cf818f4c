package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.Quantity;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.spec.Rule;
import io.github.ftmaven.runtime.statistics.Interval;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The cells of a rule in every table. Numbers are rounded to the worse side, so that a missed bound never looks
 * reached.
 *
 * @param interval empty if there is none
 * @param p the p-value after the correction; empty if the estimate decides
 */
record RuleCells(String rule, String measured, String asked, String interval, String p, String verdict) {
    static final List<String> HEADER = List.of("rule", "measured", "asked", "interval", "p", "verdict");

    static RuleCells of(RuleResult result) {
        Rule rule = result.rule();
        BigDecimal bound = Quantity.of(result.estimate().bound());
        boolean change = rule.comparison().over() != null;
        boolean most = rule.limits().maximum() != null;
        BigDecimal value = Quantity.of(result.estimate().value());
        String measured = most ? Quantity.printUp(value, bound) : Quantity.print(value, bound);
        Interval interval = result.estimate().interval();
        Double p = result.significance().adjustedP();
        return new RuleCells(
                name(rule),
                change ? Providers.signed(measured) : measured,
                (most ? "≤ " : "≥ ")
                        + (change ? Providers.signed(Quantity.printBound(bound)) : Quantity.printBound(bound)),
                interval == null ? "" : end(interval.low(), change) + " to " + end(interval.high(), change),
                p == null ? "" : Quantity.probability(p),
                result.verdict().word());
    }

    private static String name(Rule rule) {
        String slice = rule.slice().isEmpty()
                ? ""
                : rule.slice().entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .collect(Collectors.joining(", ", " [", "]"));
        return rule.metric()
                + slice
                + (rule.comparison().over() == null
                        ? ""
                        : " over " + rule.comparison().over());
    }

    private static String end(double value, boolean signed) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return signed ? Providers.signed(text) : text;
    }
}
