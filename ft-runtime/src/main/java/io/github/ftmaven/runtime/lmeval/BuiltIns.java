package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.python.PythonRegex;
import io.github.ftmaven.runtime.template.None;
import io.github.ftmaven.runtime.template.Values;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The supported functions of lm-eval's own tasks: identified by the digest of the Python file beside the task or,
 * without such a file, by the full name that Python would import, {@code lm_eval.tasks.hellaswag.utils.process_docs}.
 */
final class BuiltIns {
    private static final String PACKAGE = "lm_eval.tasks.";
    private static final String DIGESTS = "lm-eval-functions.txt";
    private static final String WEIGHTED_F1 = "weighted_f1_score";

    /** The module of many tasks' files, which share one function. */
    private static final String SEVERAL = "lm_eval.utils";

    private static final List<String> SUBJECT_CATEGORIES =
            List.of("Business", "Humanities", "Medical", "Other", "STEM", "Social Sciences");
    private static final List<String> INCLUDE_DOMAINS = List.of(
            "Applied Science",
            "Arts & Humanities",
            "Business & Commerce",
            "Driving License",
            "General knowledge",
            "Health oriented education",
            "Marine License",
            "Medical License",
            "Professional certification",
            "STEM",
            "Social Science");
    private static final List<String> LETTERS = List.of("A", "B", "C", "D", "E", "F");
    private static final PythonRegex IN_BRACKETS = PythonRegex.compile("\\[.*?\\]");

    /** Modules by the digest of their files. */
    private static final Map<String, String> MODULES = modules();

    private BuiltIns() {}

    /** The short names of the supported modules. */
    static String known() {
        return String.join(
                ", ",
                MODULES.values().stream()
                        .filter(module -> !module.equals(SEVERAL))
                        .map(module -> module.substring(0, module.lastIndexOf('.')))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** The supported function of a name. */
    static Optional<BuiltIn> of(PythonFunction function) {
        return of(function, MODULES);
    }

    /**
     * These functions with other files.
     *
     * @param modules modules by the digest of their files
     */
    static Optional<BuiltIn> of(PythonFunction function, Map<String, String> modules) {
        int dot = function.name().lastIndexOf('.');
        if (dot < 0) {
            return Optional.empty();
        }
        String module = function.name().substring(0, dot);
        String name = function.name().substring(dot + 1);
        try {
            Path file = function.directory().resolve(module.replace('.', '/') + ".py");
            String known = Files.isRegularFile(file) ? modules.get(digest(Files.readString(file))) : null;
            if (known == null && !Files.isRegularFile(file) && (module.startsWith(PACKAGE) || module.equals(SEVERAL))) {
                known = name.equals(WEIGHTED_F1) ? SEVERAL : generic(module);
            }
            return known == null ? Optional.empty() : Optional.ofNullable(function(known, name));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** Tasks in many languages have one module each, all with the same text. */
    private static String generic(String module) {
        return module.replace(PACKAGE, "")
                .replaceFirst("^global_mmlu\\.(full|default)\\.\\w+\\.", "global_mmlu.$1.")
                .replaceFirst("^include\\.\\w+\\.[\\w ]+\\.", "include.")
                .replaceFirst("^mmlusr\\.\\w+\\.", "mmlusr.");
    }

    /** The digest of the lines that are neither comments nor empty. */
    static String digest(String source) {
        String text = source.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isEmpty() && !line.stripLeading().startsWith("#"))
                .collect(Collectors.joining("\n"));
        return Digests.sha256(text);
    }

    private static Map<String, String> modules() {
        try (InputStream in = BuiltIns.class.getResourceAsStream(DIGESTS)) {
            Map<String, String> modules = new HashMap<>();
            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> {
                        String[] parts = line.split(" ", 2);
                        modules.put(parts[0], parts[1]);
                    });
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable BuiltIn function(String module, String name) {
        return switch (module) {
            case "global_mmlu.full.utils" -> category("subject", name, subject -> subject);
            case "global_mmlu.default.utils" ->
                category("subject_category", name, listed(SUBJECT_CATEGORIES, c -> word(c)));
            case "include.utils" -> category("domain", name, listed(INCLUDE_DOMAINS, c -> word(c.replace(" & ", " "))));
            default ->
                switch (module + "." + name) {
                    case "lm_eval.utils.weighted_f1_score" -> new BuiltIn.Aggregated(MetricKind.WEIGHTED_F1);
                    case "hellaswag.utils.process_docs" -> added(BuiltIns::hellaswag);
                    case "winogrande.preprocess_winogrande.doc_to_text" ->
                        new BuiltIn.Value(row -> index(List.of("1", "2"), row, "answer"));
                    case "winogrande.preprocess_winogrande.doc_to_target" ->
                        new BuiltIn.Value(
                                row -> PythonText.strip(text(row, "sentence").substring(blank(row) + 1)));
                    case "winogrande.preprocess_winogrande.doc_to_choice" ->
                        new BuiltIn.Value(row -> List.of(
                                text(row, "sentence").substring(0, blank(row)) + text(row, "option1"),
                                text(row, "sentence").substring(0, blank(row)) + text(row, "option2")));
                    case "wikitext.preprocess_wikitext.wikitext_detokenizer" ->
                        new BuiltIn.Value(row -> WikiText.of(text(row, "page")));
                    case "wikitext.preprocess_wikitext.process_results" -> BuiltIn.Results.WIKITEXT;
                    case "truthfulqa.utils.process_results_mc2" -> BuiltIn.Results.TRUTHFULQA_MC2;
                    case "bigbench.utils.filter_multiple_choice" ->
                        kept(row -> !list(row, "multiple_choice_targets").isEmpty());
                    case "eus_exams.utils.process_docs" ->
                        kept(row -> List.of(0L, 1L, 2L, 3L).contains(value(row, "answer"))
                                && !list(row, "candidates").equals(List.of("", "", "", "")));
                    case "okapi.arc_multilingual.utils.process_docs" -> added(BuiltIns::arc);
                    case "mmlusr.utils.process_docs" -> added(BuiltIns::mmlusr);
                    case "tmmluplus.default.utils.process_docs" -> added(row -> taiwanese(row, 4));
                    case "tmlu.default.utils.process_docs" -> added(row -> taiwanese(row, 6));
                    default -> null;
                };
        };
    }

    /** Rows of one category, {@code process_NAME}. */
    private static @Nullable BuiltIn category(String column, String name, Function<String, @Nullable String> category) {
        if (!name.startsWith("process_") || name.equals("process_docs")) {
            return null;
        }
        String wanted = category.apply(name.substring("process_".length()));
        return wanted == null ? null : kept(row -> wanted.equals(value(row, column)));
    }

    private static Function<String, @Nullable String> listed(List<String> names, Function<String, String> word) {
        return wanted -> names.stream()
                .filter(name -> word.apply(name).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    private static String word(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private static BuiltIn kept(Predicate<Map<Object, Object>> test) {
        return new BuiltIn.Docs(row -> test.test(row) ? row : null);
    }

    private static BuiltIn added(Function<Map<Object, Object>, Map<Object, Object>> columns) {
        return new BuiltIn.Docs(row -> {
            Map<Object, Object> all = new LinkedHashMap<>(row);
            all.putAll(columns.apply(row));
            return all;
        });
    }

    private static Map<Object, Object> hellaswag(Map<Object, Object> row) {
        String context = text(row, "ctx_a") + " " + PythonText.capitalize(text(row, "ctx_b"));
        return columns(
                "query", plain(text(row, "activity_label") + ": " + context),
                "choices", texts(row, "endings").stream().map(BuiltIns::plain).toList(),
                "gold", PythonText.whole(value(row, "label")));
    }

    private static Map<Object, Object> arc(Map<Object, Object> row) {
        List<Object> choices = List.of("option_a", "option_b", "option_c", "option_d", "option_e").stream()
                .filter(column ->
                        value(row, column) != None.NONE && !text(row, column).isEmpty())
                .<Object>map(column -> plain(text(row, column)))
                .toList();
        return columns(
                "id",
                value(row, "id"),
                "query",
                "Question: " + plain(text(row, "instruction")) + "\nAnswer:",
                "choices",
                choices,
                "gold",
                index(LETTERS.subList(0, 5), row, "answer"));
    }

    private static Map<Object, Object> mmlusr(Map<Object, Object> row) {
        return columns(
                "choices",
                List.of("choice1", "choice2", "choice3", "choice4").stream()
                        .<Object>map(column -> value(row, column) == None.NONE ? "" : text(row, column))
                        .toList(),
                "answer",
                PythonText.strip(value(row, "answer") == None.NONE ? "" : text(row, "answer")));
    }

    /** Multiple choice with four choices, or up to six. */
    private static Map<Object, Object> taiwanese(Map<Object, Object> row, int most) {
        List<String> letters = LETTERS.subList(0, most).stream()
                .filter(letter ->
                        LETTERS.indexOf(letter) < 4 || (row.get(letter) instanceof String text && !text.isEmpty()))
                .toList();
        return columns(
                "questions", value(row, "question"),
                "choices", letters.stream().map(letter -> value(row, letter)).toList(),
                "goal", index(letters, row, "answer"));
    }

    private static String plain(String text) {
        return IN_BRACKETS
                .remove(PythonText.strip(text).replace(" [title]", ". "))
                .replace("  ", " ");
    }

    private static int blank(Map<Object, Object> row) {
        int place = text(row, "sentence").indexOf('_');
        if (place < 0) {
            throw new IllegalArgumentException("sentence contains no _");
        }
        return place;
    }

    private static Map<Object, Object> columns(Object... entries) {
        Map<Object, Object> columns = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            columns.put(entries[i], entries[i + 1]);
        }
        return columns;
    }

    private static long index(List<String> words, Map<Object, Object> row, String column) {
        int place = words.indexOf(text(row, column));
        if (place < 0) {
            throw new IllegalArgumentException(
                    column + " is '" + text(row, column) + "', but must be one of " + String.join(", ", words));
        }
        return place;
    }

    static Object value(Map<Object, Object> row, String column) {
        Object value = row.get(column);
        if (value == null) {
            throw new IllegalArgumentException("there is no column " + column);
        }
        return value;
    }

    private static String text(Map<Object, Object> row, String column) {
        if (value(row, column) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(column + " is " + Values.text(value(row, column)) + ", but must be text");
    }

    private static List<?> list(Map<Object, Object> row, String column) {
        if (value(row, column) instanceof List<?> list) {
            return list;
        }
        throw new IllegalArgumentException(column + " is " + Values.text(value(row, column)) + ", but must be a list");
    }

    private static List<String> texts(Map<Object, Object> row, String column) {
        return list(row, column).stream()
                .map(each -> {
                    if (each instanceof String text) {
                        return text;
                    }
                    throw new IllegalArgumentException(
                            column + " contains " + Values.text(each) + ", which is not text");
                })
                .toList();
    }
}
