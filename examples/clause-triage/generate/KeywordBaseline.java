import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What words alone score, without a language model: {@code java generate/KeywordBaseline.java}.
 *
 * <p>First a rule. It is an ordered list of "contains this word (or these two words in a row): this kind", found on the training
 * clauses. Each keyword is the one that, on the clauses the earlier ones leave open, is right most often less its
 * errors; the list ends where that gain falls below three. What no keyword decides gets the kind most frequent among the
 * training clauses that are open.
 *
 * <p>Then a logistic regression over the same words or pairs of words: whether a clause has them, a weight for each and
 * each kind, and half the sum of their squares as the penalty. It weighs all words of a clause at once. How it does on the
 * test clauses that have the same words as another test clause, in another order, is shown apart.
 */
public final class KeywordBaseline {
    private static final int LEAST_GAIN = 3;
    private static final int STEPS = 400;
    private static final double STEP = 0.1;
    private static final Pattern ROW = Pattern.compile("\\{\"prompt\": \"(.*)\", \"completion\": \"(.*)\"}");

    private record Clause(Set<String> keywords, String kind) {}

    /** A keyword and its kind, and how much more often it was right than wrong when it was chosen. */
    private record Rule(String keyword, String kind, int gain) {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "src/main/ft/data");
        List<Clause> train = read(folder.resolve("train.jsonl"));
        List<Clause> test = read(folder.resolve("test.jsonl"));
        for (int words = 1; words <= 2; words++) {
            List<Rule> rules = rules(train, words);
            String unit = words == 1 ? "words" : "words and pairs of words";
            for (int size : new int[] {8, 16, 32, 64, rules.size()}) {
                List<Rule> first = rules.subList(0, Math.min(size, rules.size()));
                String last = commonest(open(train, first));
                System.out.printf(
                        Locale.ROOT,
                        "%3d keywords (%s): train %.1f %%, test %.1f %%%n",
                        first.size(),
                        unit,
                        100 * accuracy(train, first, last),
                        100 * accuracy(test, first, last));
            }
            List<Clause> wrong = misjudged(train, test, words);
            List<Clause> mirrored = mirrored(test);
            System.out.printf(
                    Locale.ROOT,
                    "logistic regression (%s): test %.1f %%, mirrored %.1f %%%n",
                    unit,
                    100 - 100.0 * wrong.size() / test.size(),
                    100 - 100.0 * mirrored.stream().filter(wrong::contains).count() / mirrored.size());
        }
    }

    private static List<Clause> read(Path file) throws IOException {
        List<Clause> clauses = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                throw new IOException(file + ": not a row of this example: " + line);
            }
            clauses.add(new Clause(keywords(row.group(1)), row.group(2)));
        }
        return clauses;
    }

    /** The words of the text in lower case, and each two neighbours. */
    private static Set<String> keywords(String text) {
        String[] words = text.toLowerCase(Locale.ROOT).split("[^a-z0-9,]+|,(?!\\d)");
        Set<String> keywords = new TreeSet<>();
        String previous = "";
        for (String word : words) {
            if (word.isEmpty()) {
                continue;
            }
            keywords.add(word);
            if (!previous.isEmpty()) {
                keywords.add(previous + " " + word);
            }
            previous = word;
        }
        return keywords;
    }

    private static List<Rule> rules(List<Clause> train, int words) {
        List<Rule> rules = new ArrayList<>();
        List<Clause> open = train;
        while (true) {
            Rule best = bestRule(open, words);
            if (best.gain() < LEAST_GAIN) {
                return rules;
            }
            rules.add(best);
            open = open(open, List.of(best));
        }
    }

    private static Rule bestRule(List<Clause> open, int words) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        for (Clause clause : open) {
            for (String keyword : clause.keywords()) {
                if (keyword.split(" ").length <= words) {
                    counts.computeIfAbsent(keyword, unused -> new TreeMap<>()).merge(clause.kind(), 1, Integer::sum);
                }
            }
        }
        Rule best = new Rule("", "", 0);
        for (var keyword : counts.entrySet()) {
            int all = keyword.getValue().values().stream().mapToInt(Integer::intValue).sum();
            for (var kind : keyword.getValue().entrySet()) {
                int gain = 2 * kind.getValue() - all;
                if (gain > best.gain()) {
                    best = new Rule(keyword.getKey(), kind.getKey(), gain);
                }
            }
        }
        return best;
    }

    private static List<Clause> open(List<Clause> clauses, List<Rule> rules) {
        return clauses.stream().filter(clause -> kind(clause, rules, "").isEmpty()).toList();
    }

    private static String kind(Clause clause, List<Rule> rules, String otherwise) {
        for (Rule rule : rules) {
            if (clause.keywords().contains(rule.keyword())) {
                return rule.kind();
            }
        }
        return otherwise;
    }

    private static String commonest(List<Clause> clauses) {
        Map<String, Integer> counts = new TreeMap<>();
        clauses.forEach(clause -> counts.merge(clause.kind(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .orElse("");
    }

    /** The clauses of which another has the same words. */
    private static List<Clause> mirrored(List<Clause> clauses) {
        Map<Set<String>, List<Clause>> ofWords = new HashMap<>();
        for (Clause clause : clauses) {
            Set<String> words = clause.keywords().stream()
                    .filter(keyword -> !keyword.contains(" "))
                    .collect(Collectors.toSet());
            ofWords.computeIfAbsent(words, unused -> new ArrayList<>()).add(clause);
        }
        return ofWords.values().stream().filter(same -> same.size() > 1).flatMap(List::stream).toList();
    }

    /** The test clauses that the regression gets wrong; Adam with all training clauses in every step. */
    private static List<Clause> misjudged(List<Clause> train, List<Clause> test, int words) {
        List<String> kinds = train.stream().map(Clause::kind).distinct().sorted().toList();
        Map<String, Integer> columns = new TreeMap<>();
        train.forEach(clause -> columns(clause, words, columns, true));
        int[][] rows = train.stream()
                .map(clause -> columns(clause, words, columns, false))
                .toArray(int[][]::new);
        // The last column is always there, and not penalized.
        double[][] weights = new double[columns.size() + 1][kinds.size()];
        double[][] mean = new double[columns.size() + 1][kinds.size()];
        double[][] square = new double[columns.size() + 1][kinds.size()];
        for (int step = 1; step <= STEPS; step++) {
            double[][] gradient = new double[columns.size() + 1][kinds.size()];
            for (int i = 0; i < rows.length; i++) {
                double[] odds = odds(weights, rows[i]);
                double sum = Arrays.stream(odds).sum();
                for (int k = 0; k < odds.length; k++) {
                    double error = odds[k] / sum - (kinds.get(k).equals(train.get(i).kind()) ? 1 : 0);
                    for (int column : rows[i]) {
                        gradient[column][k] += error;
                    }
                    gradient[columns.size()][k] += error;
                }
            }
            double rate = STEP * (1 - (double) step / STEPS) * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
            for (int c = 0; c < weights.length; c++) {
                for (int k = 0; k < kinds.size(); k++) {
                    double slope = gradient[c][k] + (c < columns.size() ? weights[c][k] : 0);
                    mean[c][k] = 0.9 * mean[c][k] + 0.1 * slope;
                    square[c][k] = 0.999 * square[c][k] + 0.001 * slope * slope;
                    weights[c][k] -= rate * mean[c][k] / (Math.sqrt(square[c][k]) + 1e-8);
                }
            }
        }
        return test.stream()
                .filter(clause -> !kinds.get(largest(odds(weights, columns(clause, words, columns, false))))
                        .equals(clause.kind()))
                .toList();
    }

    /** The columns of a clause's keywords; a new keyword gets a column, or is left out. */
    private static int[] columns(Clause clause, int words, Map<String, Integer> columns, boolean grow) {
        return clause.keywords().stream()
                .filter(keyword -> keyword.split(" ").length <= words)
                .peek(keyword -> {
                    if (grow) {
                        columns.putIfAbsent(keyword, columns.size());
                    }
                })
                .filter(columns::containsKey)
                .mapToInt(columns::get)
                .toArray();
    }

    /** How likely each kind is, up to a common factor. */
    private static double[] odds(double[][] weights, int[] columns) {
        double[] odds = weights[weights.length - 1].clone();
        for (int column : columns) {
            for (int k = 0; k < odds.length; k++) {
                odds[k] += weights[column][k];
            }
        }
        return Arrays.stream(odds).map(Math::exp).toArray();
    }

    private static int largest(double[] values) {
        int largest = 0;
        for (int i = 1; i < values.length; i++) {
            largest = values[i] > values[largest] ? i : largest;
        }
        return largest;
    }

    private static double accuracy(List<Clause> clauses, List<Rule> rules, String otherwise) {
        long right = clauses.stream()
                .filter(clause -> kind(clause, rules, otherwise).equals(clause.kind()))
                .count();
        return (double) right / clauses.size();
    }
}
