package io.github.ftmaven.runtime.statistics;

import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Prints how often the tests err, for many sizes and shapes: what the tests check for a few of them. Takes minutes. */
final class LevelSweep {
    private static final double ALPHA = 0.05;

    private LevelSweep() {}

    interface Draw {
        void fill(Random random, double[] first, double[] second, int[] groups);
    }

    public static void main(String[] arguments) {
        int builds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        for (int n : new int[] {10, 20, 50, 100, 300}) {
            for (double differing : new double[] {0.03, 0.1, 0.3, 1}) {
                report(
                        "mean, beta scores, equal",
                        n,
                        builds,
                        0,
                        (random, a, b, g) -> {
                            for (int i = 0; i < a.length; i++) {
                                g[i] = i;
                                a[i] = Math.pow(random.nextDouble(), 0.2);
                                b[i] = random.nextDouble() < differing ? Math.pow(random.nextDouble(), 0.2) : a[i];
                            }
                        },
                        " differing " + differing);
                double shift = 0.05;
                report(
                        "mean, skew, true = margin .05",
                        n,
                        builds,
                        shift,
                        (random, a, b, g) -> {
                            for (int i = 0; i < a.length; i++) {
                                g[i] = i;
                                b[i] = random.nextGaussian();
                                // Exponential with mean shift/differing on some items.
                                a[i] = b[i]
                                        + (random.nextDouble() < differing
                                                ? -Math.log(random.nextDouble()) * shift / differing
                                                : 0);
                            }
                        },
                        " differing " + differing);
                report(
                        "mean, left skew, true = margin .05",
                        n,
                        builds,
                        shift,
                        (random, a, b, g) -> {
                            for (int i = 0; i < a.length; i++) {
                                g[i] = i;
                                b[i] = random.nextGaussian();
                                a[i] = b[i]
                                        + 0.1
                                        + (random.nextDouble() < differing
                                                ? Math.log(random.nextDouble()) * shift / differing
                                                : 0);
                            }
                        },
                        " differing " + differing);
                report(
                        "clustered right/wrong, true = margin .05",
                        n,
                        builds,
                        shift,
                        (random, a, b, g) -> {
                            for (int i = 0; i < a.length; i++) {
                                g[i] = i / 4 % n;
                                if (i % 4 == 0 || random.nextDouble() < 0.5) {
                                    boolean discordant = random.nextDouble() < differing;
                                    boolean better =
                                            random.nextDouble() < 0.5 + shift / (2 * Math.max(differing, shift));
                                    b[i] = discordant && !better ? 1 : 0;
                                    a[i] = discordant && better ? 1 : 0;
                                } else {
                                    a[i] = a[i - 1];
                                    b[i] = b[i - 1];
                                }
                            }
                        },
                        " differing " + differing,
                        4);
            }
        }
    }

    private static void report(String what, int n, int builds, double margin, Draw draw, String more) {
        report(what, n, builds, margin, draw, more, 1);
    }

    private static void report(String what, int n, int builds, double margin, Draw draw, String more, int each) {
        Random random = new Random(7);
        int items = n * each;
        double[] first = new double[items];
        double[] second = new double[items];
        int[] groups = new int[items];
        ToDoubleFunction<int[]> mean = times -> {
            double sum = 0;
            double count = 0;
            for (int i = 0; i < times.length; i++) {
                if (times[i] != 0) {
                    sum += times[i] * (i < items ? first[i] : second[i - items]);
                    count += times[i];
                }
            }
            return sum / count;
        };
        int above = 0;
        int below = 0;
        int bootAbove = 0;
        int bootBelow = 0;
        for (int build = 0; build < builds; build++) {
            draw.fill(random, first, second, groups);
            Resampled evidence = Resampled.difference(mean, groups, 499);
            above += evidence.pAbove(margin) <= ALPHA ? 1 : 0;
            below += evidence.pBelow(margin) <= ALPHA ? 1 : 0;
            Bca alone = evidence.bootstrap();
            bootAbove += alone.pAbove(margin) <= ALPHA ? 1 : 0;
            bootBelow += alone.pBelow(margin) <= ALPHA ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "%-42s n %4d%s: above %.4f below %.4f   bootstrap alone %.4f %.4f%n",
                what,
                n,
                more,
                above / (double) builds,
                below / (double) builds,
                bootAbove / (double) builds,
                bootBelow / (double) builds);
    }
}
