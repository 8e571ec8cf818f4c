package io.github.ftmaven.runtime.lmeval;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Corpus BLEU (Papineni et al., 2002) with sacreBLEU's defaults: the tokenizer 13a, case-sensitive, exponential
 * smoothing; here from 0 to 1. It differs from promptfoo's {@code bleu} of one sentence.
 */
public final class SacreBleu {
    private static final int ORDERS = 4;

    /** The names of the {@link #statistics}. */
    static final String STATISTICS = "match1 match2 match3 match4 total1 total2 total3 total4 length reference-length";

    private static final List<Pattern> APART = List.of(
            Pattern.compile("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])"),
            Pattern.compile("([^0-9])([\\.,])"),
            Pattern.compile("([\\.,])([^0-9])"),
            Pattern.compile("([0-9])(-)"));
    private static final List<String> SPACED = List.of(" $1 ", "$1 $2 ", " $1 $2", "$1 $2 ");

    private final long[] matches = new long[ORDERS];
    private final long[] totals = new long[ORDERS];
    private long length;
    private long referenceLength;

    /** Starts without answers. */
    public SacreBleu() {}

    /** Starts with answers whose {@link #statistics} are known. */
    static SacreBleu of(List<double[]> statistics) {
        SacreBleu sum = new SacreBleu();
        for (double[] one : statistics) {
            for (int n = 0; n < ORDERS; n++) {
                sum.matches[n] += (long) one[n];
                sum.totals[n] += (long) one[ORDERS + n];
            }
            sum.length += (long) one[2 * ORDERS];
            sum.referenceLength += (long) one[2 * ORDERS + 1];
        }
        return sum;
    }

    /** The matching and total n-grams of each order, and the token counts of the answers and the references. */
    double[] statistics() {
        double[] statistics = new double[2 * ORDERS + 2];
        for (int n = 0; n < ORDERS; n++) {
            statistics[n] = matches[n];
            statistics[ORDERS + n] = totals[n];
        }
        statistics[2 * ORDERS] = length;
        statistics[2 * ORDERS + 1] = referenceLength;
        return statistics;
    }

    /** Adds an answer and its reference. */
    public void add(String expected, String answer) {
        List<String> reference = tokens(expected);
        List<String> given = tokens(answer);
        length += given.size();
        referenceLength += reference.size();
        for (int n = 1; n <= ORDERS; n++) {
            Map<List<String>, Integer> wanted = grams(reference, n);
            for (Map.Entry<List<String>, Integer> gram : grams(given, n).entrySet()) {
                totals[n - 1] += gram.getValue();
                matches[n - 1] += Math.min(gram.getValue(), wanted.getOrDefault(gram.getKey(), 0));
            }
        }
    }

    /** Adds another's counts, multiplied by a factor. */
    public void add(SacreBleu other, int times) {
        length += times * other.length;
        referenceLength += times * other.referenceLength;
        for (int n = 0; n < ORDERS; n++) {
            matches[n] += times * other.matches[n];
            totals[n] += times * other.totals[n];
        }
    }

    /** The score of everything added, in [0, 1]. */
    public double score() {
        if (matches[0] + matches[1] + matches[2] + matches[3] == 0) {
            return 0;
        }
        double logarithms = 0;
        double smoothing = 1;
        for (int n = 0; n < ORDERS; n++) {
            if (totals[n] == 0) {
                return 0;
            }
            if (matches[n] == 0) {
                smoothing *= 2;
                logarithms += Math.log(1 / (smoothing * totals[n]));
            } else {
                logarithms += Math.log((double) matches[n] / totals[n]);
            }
        }
        double brevity = length < referenceLength ? Math.exp(1 - (double) referenceLength / length) : 1;
        return Math.min(1, brevity * Math.exp(logarithms / ORDERS));
    }

    private static Map<List<String>, Integer> grams(List<String> tokens, int n) {
        Map<List<String>, Integer> grams = new HashMap<>();
        for (int i = 0; i + n <= tokens.size(); i++) {
            grams.merge(List.copyOf(tokens.subList(i, i + n)), 1, Integer::sum);
        }
        return grams;
    }

    private static List<String> tokens(String text) {
        String line = PythonText.stripTrailing(text)
                .replace("<skipped>", "")
                .replace("-\n", "")
                .replace("\n", " ")
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        line = " " + line + " ";
        for (int i = 0; i < APART.size(); i++) {
            line = APART.get(i).matcher(line).replaceAll(SPACED.get(i));
        }
        return PythonText.split(line);
    }
}
