package io.github.ftmaven.runtime.acceptance;

import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.statistics.Evidence;
import io.github.ftmaven.runtime.statistics.Holm;
import io.github.ftmaven.runtime.statistics.Interval;
import io.github.ftmaven.runtime.statistics.Planning;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Judges the rules of a build together.
 *
 * <p>A verdict needs statistical support where it claims that a gain or a bound is reached, or that a drop exceeds its
 * tolerance. If the estimate says so but the items do not support it, the verdict is {@code INCONCLUSIVE}. An estimate
 * that misses a gain or a bound is {@code FAIL}, and an estimate within a tolerance is {@code PASS}, however few the
 * items.
 */
final class Judgement {
    /** Larger numbers of items are not reported. */
    private static final long MOST_ITEMS = 100_000_000;

    private Judgement() {}

    static List<RuleResult> of(List<MeasuredRule> findings) {
        // Two families: p-values of timings differ in every build and must not affect those that are sealed.
        IdentityHashMap<MeasuredRule, Double> adjusted = new IdentityHashMap<>();
        findings.stream()
                .filter(finding -> finding.test().p() != null)
                .collect(Collectors.partitioningBy(
                        finding -> Metrics.isTime(finding.rule().metric())))
                .values()
                .forEach(family -> correct(family, adjusted));
        return findings.stream()
                .map(finding -> of(finding, adjusted.get(finding)))
                .toList();
    }

    private static void correct(List<MeasuredRule> family, IdentityHashMap<MeasuredRule, Double> adjusted) {
        double[] corrected = Holm.adjust(family.stream()
                .map(finding -> finding.test().p())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray());
        for (int i = 0; i < corrected.length; i++) {
            adjusted.put(family.get(i), corrected[i]);
        }
    }

    private static RuleResult of(MeasuredRule finding, @Nullable Double adjusted) {
        Verdict verdict = verdict(finding, adjusted);
        boolean fails = verdict == Verdict.INCONCLUSIVE
                ? finding.rule().failsInconclusive()
                : verdict == Verdict.FAIL && !finding.rule().onlyWarns();
        Long needed = null;
        String message = finding.sentence();
        Double p = finding.test().p();
        Evidence evidence = finding.test().evidence();
        Interval interval = finding.estimate().interval();
        boolean drop = finding.rule().comparison().maximumDrop() != null;
        double bound = finding.estimate().bound().doubleValue();
        if (verdict == Verdict.INCONCLUSIVE && evidence != null && p != null && adjusted != null) {
            // The correction will cost this rule as much as it does now.
            double alpha = alpha(finding) * Math.min(1, p / adjusted);
            needed = needed(finding, evidence, alpha);
            double detectable = Planning.detectable(evidence, alpha);
            message += Sentences.doubt(finding, p, adjusted, detectable, needed, fails);
        } else if (verdict == Verdict.FAIL && drop && adjusted != null) {
            message += Sentences.certainty(adjusted);
        } else if (verdict == Verdict.PASS && drop && interval != null && interval.low() < bound) {
            message += Sentences.notExcluded(-interval.low());
        }
        return new RuleResult(
                finding.rule(),
                finding.against(),
                finding.items(),
                new RuleResult.Estimate(finding.estimate().value().doubleValue(), bound, interval),
                new RuleResult.Significance(p, adjusted, needed),
                verdict,
                fails,
                message);
    }

    private static Verdict verdict(MeasuredRule finding, @Nullable Double adjusted) {
        if (adjusted == null) {
            return finding.estimate().reached() ? Verdict.PASS : Verdict.FAIL;
        }
        Verdict claimed = finding.rule().comparison().maximumDrop() != null ? Verdict.FAIL : Verdict.PASS;
        Verdict other = claimed == Verdict.PASS ? Verdict.FAIL : Verdict.PASS;
        if (finding.estimate().reached() != (claimed == Verdict.PASS)) {
            return other;
        }
        return adjusted <= alpha(finding) ? claimed : Verdict.INCONCLUSIVE;
    }

    private static double alpha(MeasuredRule finding) {
        return 1 - finding.rule().requiredConfidence();
    }

    /** A number of items, rounded to two digits. */
    private static @Nullable Long needed(MeasuredRule finding, Evidence evidence, double alpha) {
        OptionalLong observations =
                Planning.needed(evidence, finding.estimate().bound().doubleValue(), alpha);
        if (observations.isEmpty()) {
            return null;
        }
        double items = (double) observations.getAsLong() * finding.items() / evidence.size();
        long rounded = new BigDecimal(items)
                .round(new MathContext(2, RoundingMode.CEILING))
                .longValue();
        return rounded > MOST_ITEMS ? null : Long.valueOf(rounded);
    }
}
