package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tasks of one evaluation. */
public final class TaskSet {
    private final List<TaskNode> nodes;
    private final Map<String, Set<Path>> files;
    private final Map<String, Source> sources;
    private final Set<String> notes;

    private TaskSet(
            List<TaskNode> nodes, Map<String, Set<Path>> files, Map<String, Source> sources, Set<String> notes) {
        this.nodes = nodes;
        this.files = files;
        this.sources = sources;
        this.notes = notes;
    }

    /**
     * The source of a task or group.
     *
     * @param shown the file as messages name it
     * @param fewShot overrides {@code num_fewshot}; null for the task's own
     * @param limit the most documents per task; null for all
     */
    public record Source(
            Path file,
            String shown,
            @Nullable Integer fewShot,
            @Nullable Integer limit) {
        /** The directory that the file's name in messages is relative to: the project's. */
        Path base() {
            Path base = file.toAbsolutePath().normalize();
            Path named = Path.of(shown).normalize();
            if (named.isAbsolute() || !base.endsWith(named)) {
                return base.resolveSibling("");
            }
            for (int i = 0; i < named.getNameCount(); i++) {
                base = Objects.requireNonNull(base.getParent());
            }
            return base;
        }
    }

    /**
     * A document's scores.
     *
     * @param id its source
     * @param expected the expected text; for choices, the right choice's text
     * @param answer the model's answer; for choices, the chosen text
     * @param question the input without examples: the question, then the choices
     */
    public record Item(String id, String expected, String answer, Map<String, Double> scores, List<String> question) {
        /** Copies the scores and the question. */
        public Item {
            scores = Map.copyOf(scores);
            question = List.copyOf(question);
        }
    }

    /**
     * Reads tasks, groups and their data.
     *
     * @throws InvalidInputException with a line for each mistake
     */
    public static TaskSet read(List<Source> sources) {
        List<TaskNode> nodes = new ArrayList<>();
        Map<String, Set<Path>> files = new LinkedHashMap<>();
        Map<String, Source> origins = new LinkedHashMap<>();
        List<String> mistakes = new ArrayList<>();
        Map<List<Object>, TaskDocuments> documents = new HashMap<>();
        Set<String> notes = new LinkedHashSet<>();
        for (Source source : sources) {
            GroupReader reader = new GroupReader(
                    source.file(),
                    source.shown(),
                    new TaskReader.Settings(source.fewShot(), source.limit(), source.base(), documents, notes::add));
            try {
                TaskNode node = reader.read(source.file(), source.shown());
                nodes.add(node);
                Set<String> names = new LinkedHashSet<>();
                node.all().forEach(each -> {
                    if (!names.add(each.name()) || files.containsKey(each.name())) {
                        mistakes.add(source.shown() + ": duplicate name '" + each.name() + "'.");
                    }
                });
                names.forEach(name -> {
                    files.put(name, reader.files());
                    origins.put(name, source);
                });
            } catch (InvalidInputException e) {
                mistakes.add(e.getMessage());
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidInputException(String.join("\n", mistakes));
        }
        return new TaskSet(nodes, files, origins, notes);
    }

    /** Keys without effect in the tasks, each with its place. */
    public Set<String> notes() {
        return Collections.unmodifiableSet(notes);
    }

    /** The names of the tasks. */
    public List<String> tasks() {
        return configs().stream().map(TaskConfig::name).toList();
    }

    /** The files of a task, and its data. */
    public Set<Path> files(String task) {
        return new TreeSet<>(files.getOrDefault(task, Set.of()));
    }

    /** The source of a task. */
    public Source source(String task) {
        return Objects.requireNonNull(sources.get(task), task);
    }

    /** Every file that was read. */
    public Set<Path> files() {
        return files.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(TreeSet::new));
    }

    List<TaskNode> nodes() {
        return nodes;
    }

    List<TaskConfig> configs() {
        return nodes.stream().flatMap(node -> node.tasks().stream()).toList();
    }

    /**
     * Builds the prompts of every task, to detect bad data before the model runs.
     *
     * @throws InvalidInputException if a document does not fit the task's templates
     */
    public void check() {
        List<String> mistakes = new ArrayList<>();
        for (TaskConfig task : configs()) {
            try {
                new TaskRun(task).check();
            } catch (InvalidInputException e) {
                mistakes.add(named(task, e));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InvalidInputException(String.join("\n", mistakes));
        }
    }

    /**
     * Runs all tasks with a model.
     *
     * @param started receives each task's name before the task runs
     * @throws InvalidInputException if a document does not fit its task
     */
    public Results ask(LanguageModel model, Consumer<String> started) {
        return ask(model, started, Aggregation.BOOTSTRAP);
    }

    Results ask(LanguageModel model, Consumer<String> started, int bootstrap) {
        Map<String, TaskResult> results = new LinkedHashMap<>();
        for (TaskConfig task : configs()) {
            started.accept(task.name());
            try {
                results.put(task.name(), new TaskRun(task).ask(model, bootstrap));
            } catch (InvalidInputException e) {
                throw new InvalidInputException(named(task, e), e);
            }
        }
        return new Results(this, results);
    }

    /** The message with the task's name after the place at its beginning. */
    private static String named(TaskConfig task, InvalidInputException e) {
        String message = String.valueOf(e.getMessage());
        String name = ": task " + task.name() + ": ";
        return message.contains(name) ? message : message.replaceFirst(": ", Matcher.quoteReplacement(name));
    }

    /** The results of a model. */
    public static final class Results {
        private final TaskSet set;
        private final Map<String, TaskResult> results;

        private Results(TaskSet set, Map<String, TaskResult> results) {
            this.set = set;
            this.results = results;
        }

        TaskSet set() {
            return set;
        }

        Map<String, TaskResult> all() {
            return results;
        }

        private TaskResult result(String task) {
            TaskResult result = results.get(task);
            if (result == null) {
                throw new IllegalArgumentException(task);
            }
            return result;
        }

        /** A task's metrics by their names in {@link TaskScores}. */
        public Map<String, Double> metrics(String task) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            result(task).samples().keySet().forEach(filter -> {
                for (TaskConfig.Metric metric : result(task).task().scoring().metrics()) {
                    TaskResult.Figure figure =
                            result(task).figures().get(metric.kind().printed() + "," + filter);
                    if (figure != null) {
                        metrics.put(TaskScores.name(task, metric.kind(), filter), figure.value());
                    }
                }
            });
            return metrics;
        }

        /** The reasons why answers of a task could not be filtered and count as wrong: one line each. */
        public List<String> errors(String task) {
            return result(task).samples().values().stream()
                    .flatMap(List::stream)
                    .map(sample -> sample.answer().error())
                    .filter(Objects::nonNull)
                    .map(Objects::requireNonNull)
                    .toList();
        }

        /** A task's documents, in order. */
        public List<Item> items(String task) {
            Map<String, List<Sample>> samples = result(task).samples();
            List<Sample> first = samples.values().iterator().next();
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < first.size(); i++) {
                Map<String, Double> scores = new LinkedHashMap<>();
                for (Map.Entry<String, List<Sample>> filtered : samples.entrySet()) {
                    filtered.getValue()
                            .get(i)
                            .scores()
                            .forEach((kind, parts) -> scores.putAll(
                                    TaskScores.of(TaskScores.name(task, kind, filtered.getKey()), kind, parts)));
                }
                Sample sample = first.get(i);
                items.add(new Item(
                        sample.document().source(),
                        sample.target().expected(),
                        sample.answer().text(),
                        scores,
                        sample.question()));
            }
            return items;
        }

        /**
         * The results in the layout of lm-eval's {@code results.json}.
         *
         * @param model the model's name in the results
         */
        public ObjectNode json(String model) {
            return new HarnessResults(this).json(model);
        }

        /**
         * The results of each document of a task, one line each in the layout of lm-eval's {@code samples_TASK.jsonl}.
         */
        public List<String> samples(String task) {
            return HarnessSamples.lines(result(task));
        }
    }
}
