package io.github.ftmaven.runtime.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;

/** How often the tests err, over 10,000 builds or over every possible one. {@link LevelSweep} goes further. */
class LevelTest {
    private static final int BUILDS = 10_000;
    private static final double ALPHA = 0.05;

    /** Three standard deviations of a share of {@link #BUILDS}. */
    private static final double NOISE = 3 * Math.sqrt(ALPHA * (1 - ALPHA) / BUILDS);

    @Test
    void mcNemarHoldsItsLevelAndHasItsPower() {
        Random random = new Random(1);
        for (int items : new int[] {50, 200}) {
            assertThat(found(random, items, 0.075, 0.075)).isLessThanOrEqualTo(ALPHA + NOISE);
            for (double gain : new double[] {0.05, 0.1}) {
                double first = (0.15 + gain) / 2;
                double second = (0.15 - gain) / 2;
                double theory = McNemar.power(items, first, second, ALPHA);
                assertThat(found(random, items, first, second)).isCloseTo(theory, within(0.02));
            }
        }
    }

    private static double found(Random random, int items, double onlyFirst, double onlySecond) {
        int found = 0;
        for (int build = 0; build < BUILDS; build++) {
            int first = 0;
            int second = 0;
            for (int i = 0; i < items; i++) {
                double draw = random.nextDouble();
                first += draw < onlyFirst ? 1 : 0;
                second += draw >= onlyFirst && draw < onlyFirst + onlySecond ? 1 : 0;
            }
            found += new PairedShares(first, second, items).pAbove(0) <= ALPHA ? 1 : 0;
        }
        return (double) found / BUILDS;
    }

    /** Not simulated: every table of 30 items, with its probability under the margin, for many shares that differ. */
    @Test
    void marginsHoldTheirLevelForEveryTable() {
        int items = 30;
        double margin = 0.05;
        boolean[][] rejected = new boolean[items + 1][items + 1];
        for (int first = 0; first <= items; first++) {
            for (int second = 0; first + second <= items; second++) {
                rejected[first][second] = new PairedShares(first, second, items).pAbove(margin) <= ALPHA;
            }
        }
        double largest = 0;
        for (double share = margin; share <= 0.9; share += 0.01) {
            double errors = 0;
            for (int pairs = 0; pairs <= items; pairs++) {
                BinomialDistribution firsts = BinomialDistribution.of(pairs, (share + margin) / (2 * share));
                for (int first = 0; first <= pairs; first++) {
                    if (rejected[first][pairs - first]) {
                        errors += BinomialDistribution.of(items, share).probability(pairs) * firsts.probability(first);
                    }
                }
            }
            largest = Math.max(largest, errors);
        }
        assertThat(largest).isLessThanOrEqualTo(ALPHA).isGreaterThan(0.03);
    }

    /** Where few answers differ, the bootstrap alone errs three times as often as it says. */
    @Test
    void meansHoldTheirLevelHoweverFewAnswersDiffer() {
        for (double differing : new double[] {0.1, 1}) {
            int items = 40;
            Random random = new Random(2);
            int[] groups = IntStream.range(0, items).toArray();
            int errors = 0;
            int alone = 0;
            for (int build = 0; build < BUILDS; build++) {
                double[] first = new double[items];
                double[] second = new double[items];
                for (int i = 0; i < items; i++) {
                    first[i] = Math.pow(random.nextDouble(), 0.2);
                    second[i] = random.nextDouble() < differing ? Math.pow(random.nextDouble(), 0.2) : first[i];
                }
                Resampled evidence = Resampled.difference(StatisticsGoldenTest.mean(first, second), groups, 99);
                errors += evidence.pAbove(0) <= ALPHA ? 1 : 0;
                alone += evidence.bootstrap().pAbove(0) <= ALPHA ? 1 : 0;
            }
            assertThat((double) errors / BUILDS).as("differing %s", differing).isLessThanOrEqualTo(ALPHA + NOISE);
            if (differing < 1) {
                assertThat((double) alone / BUILDS).isGreaterThan(0.1);
            }
        }
    }

    /** Twenty groups of five items that always agree are twenty observations, not 100. */
    @Test
    void groupsHoldTheirLevelWhereSingleItemsDoNot() {
        Random random = new Random(3);
        int items = 100;
        int[] groups = IntStream.range(0, items).map(i -> i / 5).toArray();
        int errors = 0;
        int naive = 0;
        for (int build = 0; build < BUILDS; build++) {
            double[] first = new double[items];
            double[] second = new double[items];
            int onlyFirst = 0;
            int onlySecond = 0;
            for (int i = 0; i < items; i++) {
                first[i] = i % 5 != 0 ? first[i - 1] : random.nextInt(2);
                second[i] = i % 5 != 0 ? second[i - 1] : random.nextInt(2);
                onlyFirst += first[i] > second[i] ? 1 : 0;
                onlySecond += first[i] < second[i] ? 1 : 0;
            }
            Resampled evidence = Resampled.difference(StatisticsGoldenTest.mean(first, second), groups, 99);
            errors += evidence.pAbove(0) <= ALPHA ? 1 : 0;
            naive += new PairedShares(onlyFirst, onlySecond, items).pAbove(0) <= ALPHA ? 1 : 0;
        }
        assertThat((double) errors / BUILDS).isLessThanOrEqualTo(ALPHA + NOISE);
        assertThat((double) naive / BUILDS).isGreaterThan(0.15);
    }

    /** With single items, tossing coins is McNemar's test itself. */
    @Test
    void randomizationOfRightAndWrongIsMcNemar() {
        double[] first = {1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 1};
        double[] second = {0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0};
        Resampled evidence = Resampled.difference(
                StatisticsGoldenTest.mean(first, second), IntStream.range(0, 11).toArray());
        assertThat(evidence.randomizedAbove()).isCloseTo(McNemar.test(6, 1), within(1e-12));
    }

    @Test
    void whatIsNotAboveZeroIsNotAboveAMargin() {
        for (int first = 0; first <= 12; first++) {
            for (int second = 0; first + second <= 12; second++) {
                PairedShares shares = new PairedShares(first, second, 40);
                assertThat(shares.pAbove(0.01)).isGreaterThanOrEqualTo(shares.pAbove(0));
            }
        }
    }

    @Test
    void theNumberNeededHasThePowerItPromises() {
        PairedShares seen = new PairedShares(20, 10, 200);
        int needed = (int) Planning.needed(seen, 0, ALPHA).orElseThrow();
        assertThat(needed).isEqualTo(365);
        assertThat(McNemar.power(needed, 0.1, 0.05, ALPHA)).isCloseTo(Planning.POWER, within(0.04));
        assertThat(Planning.needed(seen, 0.05, ALPHA)).isEmpty();
        assertThat(Planning.detectable(seen, ALPHA)).isCloseTo(0.0676, within(1e-3));
    }

    @Test
    void theSameItemsGiveTheSameNumbers() {
        double[] first = {0.1, 0.9, 0.5, 0.7, 0.3, 0.8, 0.2, 0.9, 0.4, 0.6, 0.9, 0.8, 0.5, 0.7, 1};
        double[] second = {0.1, 0.8, 0.5, 0.6, 0.3, 0.9, 0.1, 0.7, 0.4, 0.2, 0.9, 0.8, 0.1, 0.7, 0};
        int[] groups = IntStream.range(0, first.length).toArray();
        Resampled evidence = Resampled.difference(StatisticsGoldenTest.mean(first, second), groups);
        assertThat(evidence.pAbove(0.01))
                .isEqualTo(Resampled.difference(StatisticsGoldenTest.mean(first, second), groups)
                        .pAbove(0.01));
        assertThat(evidence.negated().pBelow(-0.01)).isEqualTo(evidence.pAbove(0.01));
    }
}
