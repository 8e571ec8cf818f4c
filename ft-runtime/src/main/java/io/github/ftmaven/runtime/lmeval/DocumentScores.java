package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.lmeval.LanguageModel.Likelihood;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Metric;
import io.github.ftmaven.runtime.python.PythonRegex;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/** Scores a model's answers to one document. */
final class DocumentScores {
    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");
    private static final Pattern DIGITS = Pattern.compile("[0-9]");

    private final TaskConfig task;
    private final Contexts contexts;
    private final boolean severalTargets;
    private final boolean multipleInput;

    DocumentScores(TaskConfig task, Contexts contexts) {
        this.task = task;
        this.contexts = contexts;
        this.severalTargets = contexts.multipleTarget();
        this.multipleInput = contexts.multipleInput();
    }

    /** Scores a continuation. */
    Map<MetricKind, double[]> likelihood(Likelihood likelihood) {
        Map<MetricKind, double[]> scores = new LinkedHashMap<>();
        for (Metric metric : task.scoring().metrics()) {
            scores.put(metric.kind(), new double[] {
                metric.kind() == MetricKind.ACC ? (likelihood.greedy() ? 1 : 0) : likelihood.logProbability()
            });
        }
        return scores;
    }

    /** Scores a whole text. */
    Map<MetricKind, double[]> rolling(Document document, double logProbability, String text) {
        Map<MetricKind, double[]> scores = new LinkedHashMap<>();
        for (Metric metric : task.scoring().metrics()) {
            boolean words = metric.kind() == MetricKind.WORD_PERPLEXITY;
            String counted = task.scoring().results() == BuiltIn.Results.WIKITEXT ? page(document) : text;
            scores.put(
                    metric.kind(),
                    new double[] {logProbability, words ? PythonText.words(counted) : PythonText.bytes(counted)});
        }
        return scores;
    }

    /**
     * Scores a choice.
     *
     * @param likelihoods the choices' likelihoods; for {@code acc_mutual_info}, also those without context
     */
    Map<MetricKind, double[]> choice(Document document, List<Likelihood> likelihoods) {
        List<String> choices = contexts.choices(document);
        double[] sums = likelihoods.stream()
                .limit(choices.size())
                .mapToDouble(Likelihood::logProbability)
                .toArray();
        Object gold = multipleInput ? contexts.question(document) : contexts.target(document);
        List<Integer> golds = golds(document, gold, choices);
        Map<MetricKind, double[]> scores = new LinkedHashMap<>();
        for (Metric metric : task.scoring().metrics()) {
            scores.put(
                    metric.kind(),
                    switch (metric.kind()) {
                        case ACC ->
                            task.scoring().results() == BuiltIn.Results.TRUTHFULQA_MC2
                                    ? new double[] {truth(document, sums)}
                                    : hit(golds, best(sums));
                        case ACC_NORM -> hit(golds, best(by(sums, choices, PythonText::length)));
                        case ACC_BYTES -> hit(golds, best(by(sums, choices, PythonText::bytes)));
                        case ACC_MUTUAL_INFO -> hit(golds, best(mutual(sums, likelihoods)));
                        case EXACT_MATCH ->
                            new double[] {
                                golds.stream()
                                                .anyMatch(g -> g >= 0
                                                        && likelihoods.get(g).greedy())
                                        ? 1
                                        : 0
                            };
                        case BRIER_SCORE -> new double[] {brier(sums, one(document, golds, metric.kind()))};
                        case F1 -> {
                            if (choices.size() != 2) {
                                throw new InvalidInputException(
                                        document.source() + ": the document has " + choices.size()
                                                + " choices, but the metric f1 needs two, of which the second is the positive class. Use mcc or acc.");
                            }
                            yield new double[] {one(document, golds, metric.kind()), best(sums)};
                        }
                        default -> new double[] {one(document, golds, metric.kind()), best(sums)};
                    });
        }
        return scores;
    }

    private static String page(Document document) {
        if (document.values().get("page") instanceof String page) {
            return page;
        }
        throw new InvalidInputException(document.source() + ": process_results: the column page has no text.");
    }

    /** The probability of the true choices. */
    private static double truth(Document document, double[] sums) {
        if (!(document.values().get("mc2_targets") instanceof Map<?, ?> targets)
                || !(targets.get("labels") instanceof List<?> labels)
                || labels.size() != sums.length) {
            throw new InvalidInputException(document.source() + ": process_results: mc2_targets.labels must be a list"
                    + " with a label for each of the " + sums.length + " choices.");
        }
        double most = sums[best(sums)];
        double all = 0;
        double right = 0;
        for (int i = 0; i < sums.length; i++) {
            double probability = Math.exp(sums[i] - most);
            all += probability;
            right += Values.equal(labels.get(i), 1L) ? probability : 0;
        }
        return right / all;
    }

    private List<Integer> golds(Document document, Object gold, List<String> choices) {
        List<Integer> golds = new ArrayList<>();
        if (gold instanceof List<?> list) {
            list.forEach(each -> golds.add(Contexts.gold(each, choices)));
        } else {
            golds.add(Contexts.gold(gold, choices));
        }
        if (golds.isEmpty()) {
            throw noAnswer(document);
        }
        if (golds.contains(-1)) {
            throw new InvalidInputException(document.source() + ": the right answer is " + Values.text(gold)
                    + ", which is not one of the choices " + Values.text(choices) + ".");
        }
        return golds;
    }

    private static InvalidInputException noAnswer(Document document) {
        return new InvalidInputException(
                document.source() + ": the document has no right answer: doc_to_target returns an empty list.");
    }

    private int one(Document document, List<Integer> golds, MetricKind kind) {
        if (severalTargets || golds.size() != 1) {
            throw new InvalidInputException(document.source()
                    + ": the document has several right choices, but the metric " + kind.word() + " supports one.");
        }
        return golds.get(0);
    }

    private static double[] hit(List<Integer> golds, int best) {
        return new double[] {golds.contains(best) ? 1 : 0};
    }

    /** The index of the largest value; of equal ones the first. */
    private static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static double[] by(double[] sums, List<String> choices, ToDoubleFunction<String> length) {
        double[] normed = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            normed[i] = sums[i] / length.applyAsDouble(choices.get(i));
        }
        return normed;
    }

    private static double[] mutual(double[] sums, List<Likelihood> likelihoods) {
        double[] mutual = new double[sums.length];
        for (int i = 0; i < sums.length; i++) {
            mutual[i] = sums[i] - likelihoods.get(sums.length + i).logProbability();
        }
        return mutual;
    }

    private static double brier(double[] sums, int gold) {
        double most = sums[best(sums)];
        double all = 0;
        for (double sum : sums) {
            all += Math.exp(sum - most);
        }
        double score = 0;
        for (int i = 0; i < sums.length; i++) {
            double distance = Math.exp(sums[i] - most) / all - (i == gold ? 1 : 0);
            score += distance * distance;
        }
        return score;
    }

    /** Scores a generated answer. */
    Map<MetricKind, double[]> generated(Document document, String answer) {
        List<String> golds = texts(document, contexts.target(document));
        Map<MetricKind, double[]> scores = new LinkedHashMap<>();
        for (Metric metric : task.scoring().metrics()) {
            boolean ofTheWhole = metric.kind() == MetricKind.BLEU || metric.kind() == MetricKind.CHRF;
            if (ofTheWhole && severalTargets) {
                throw new InvalidInputException(
                        document.source() + ": the document has several right answers, which the metric "
                                + metric.kind().word() + " does not support.");
            }
            if (metric.kind() == MetricKind.CHRF) {
                scores.put(metric.kind(), Chrf.statistics(golds.get(0), answer));
            } else if (metric.kind() == MetricKind.BLEU) {
                SacreBleu bleu = new SacreBleu();
                bleu.add(golds.get(0), answer);
                scores.put(metric.kind(), bleu.statistics());
            } else {
                String given = compared(metric, answer);
                boolean matches =
                        golds.stream().anyMatch(gold -> compared(metric, gold).equals(given));
                scores.put(metric.kind(), new double[] {matches ? 1 : 0});
            }
        }
        return scores;
    }

    /** Scores an answer that could not be filtered: it is wrong, whatever the target. */
    Map<MetricKind, double[]> missed(Document document) {
        String gold = texts(document, contexts.target(document)).get(0);
        Map<MetricKind, double[]> scores = new LinkedHashMap<>();
        for (Metric metric : task.scoring().metrics()) {
            SacreBleu bleu = new SacreBleu();
            bleu.add(gold, "");
            scores.put(
                    metric.kind(),
                    switch (metric.kind()) {
                        case BLEU -> bleu.statistics();
                        case CHRF -> Chrf.statistics(gold, "");
                        default -> new double[] {0};
                    });
        }
        return scores;
    }

    /** The texts of the right choices. */
    String rightChoices(Document document) {
        List<String> choices = contexts.choices(document);
        Object gold = multipleInput ? contexts.question(document) : contexts.target(document);
        return String.join(
                ", ", golds(document, gold, choices).stream().map(choices::get).toList());
    }

    /** The text of the most likely choice. */
    String chosen(Document document, List<Likelihood> likelihoods) {
        List<String> choices = contexts.choices(document);
        return choices.get(best(likelihoods.stream()
                .limit(choices.size())
                .mapToDouble(Likelihood::logProbability)
                .toArray()));
    }

    /** The right answers. */
    List<String> texts(Document document, Object target) {
        if (target instanceof List<?> list && list.isEmpty()) {
            throw noAnswer(document);
        }
        if (task.prompting().choice() != null) {
            List<String> choices = contexts.choices(document);
            return golds(document, target, choices).stream().map(choices::get).toList();
        }
        if (severalTargets && target instanceof List<?> list) {
            return list.stream().map(Values::text).toList();
        }
        return List.of(Values.text(target));
    }

    private static String compared(Metric metric, String text) {
        String compared = text;
        for (PythonRegex ignored : metric.ignored()) {
            compared = ignored.remove(compared);
        }
        compared = metric.ignoreCase() ? compared.toLowerCase(Locale.ROOT) : compared;
        compared = metric.ignorePunctuation() ? PUNCTUATION.matcher(compared).replaceAll("") : compared;
        compared = metric.ignoreNumbers() ? DIGITS.matcher(compared).replaceAll("") : compared;
        int end = compared.length();
        while (end > 0 && compared.charAt(end - 1) == 0) {
            end--; // NumPy strips them from texts
        }
        return compared.substring(0, end);
    }
}
