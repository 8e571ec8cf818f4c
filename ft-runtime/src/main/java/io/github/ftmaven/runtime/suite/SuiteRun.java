package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Grader;
import io.github.ftmaven.runtime.assertion.GradingServices;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Runs a suite: each test, in each combination of its variables, with each provider and prompt. Requests to services
 * run concurrently, unless an answer becomes part of a later prompt; rows still follow the order of the suite. A
 * problem in one row is this row's error; the others keep their results.
 */
public final class SuiteRun {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** More than any evaluation has, and few enough for the memory. */
    static final int MOST_ROWS = 200_000;

    private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(5);

    /** The number of rows that may wait for an earlier one, per concurrent request. */
    private static final int AHEAD = 4;

    private final Suite suite;
    private final Map<String, String> environment;
    private final Map<String, Provider> engines;
    private final Listener listener;

    /**
     * Prepares a run.
     *
     * @param environment the process's variables
     * @param engines the providers in this process, by id
     */
    public SuiteRun(Suite suite, Map<String, String> environment, Map<String, Provider> engines, Listener listener) {
        this.suite = suite;
        this.environment = suite.over(environment);
        this.engines = Map.copyOf(engines);
        this.listener = listener;
    }

    /** Receives the progress of a run. */
    public interface Listener {
        /** Called after each row. */
        void onRow(int done, int total);
    }

    /** The columns of the results. */
    public static List<Column> columns(Suite suite) {
        List<Column> columns = new ArrayList<>();
        for (ProviderSpec provider : suite.providers()) {
            for (Prompt prompt : suite.prompts()) {
                if (provider.prompts().isEmpty()
                        || provider.prompts().stream().anyMatch(name -> matches(name, prompt.label()))) {
                    columns.add(new Column(provider, prompt));
                }
            }
        }
        return columns;
    }

    /** Whether a test runs in a column. */
    static boolean isAsked(TestCase test, Column column) {
        return isListed(
                        test.json().path("prompts"),
                        column.prompt().label(),
                        column.prompt().label())
                && isListed(
                        test.json().path("providers"),
                        column.provider().label(),
                        column.provider().id());
    }

    private static boolean isListed(JsonNode names, String label, String id) {
        if (!names.isArray() || names.isEmpty()) {
            return true;
        }
        for (JsonNode name : names) {
            if (matches(name.asText(), label) || matches(name.asText(), id)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String label) {
        return pattern.equals(label)
                || (pattern.endsWith("*") && label.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    /** Runs the whole suite. */
    public List<ResultRow> run() {
        return compare(run(provider -> true));
    }

    /** The rows of all providers after the assertions that compare them. */
    public List<ResultRow> compare(List<ResultRow> rows) {
        if (!RowComparison.isWanted(rows)) {
            return rows;
        }
        try (JavaScript scripts = new JavaScript(SCRIPT_LIMIT);
                RowThread thread = new RowThread()) {
            SuiteFiles files = new SuiteFiles(suite.source().directory());
            Nunjucks templates = new Nunjucks(scripts, suite.templates().filters());
            PromptRendering rendering = rendering(templates, scripts, files);
            return RowComparison.compare(
                    rows,
                    new Grader(
                            scripts,
                            templates,
                            files,
                            judges(rendering, scripts),
                            suite.grading().lenient()),
                    thread);
        }
    }

    private PromptRendering rendering(Nunjucks templates, JavaScript scripts, SuiteFiles files) {
        return new PromptRendering(
                templates,
                scripts,
                files,
                env(suite.templates().readable().templates()),
                env(suite.templates().readable().providers()));
    }

    private ObjectNode env(Set<String> names) {
        ObjectNode env = JSON.objectNode();
        environment.forEach((name, value) -> {
            if (names.contains(name)) {
                env.put(name, value);
            }
        });
        return env;
    }

    private GradingServices judges(PromptRendering rendering, JavaScript scripts) {
        return new JudgeServices(suite.grading().judge(), environment, spec -> provider(spec, rendering, scripts));
    }

    /** Runs the columns of some providers. */
    public List<ResultRow> run(Predicate<ProviderSpec> wanted) {
        SuiteFiles files = new SuiteFiles(suite.source().directory());
        try (JavaScript scripts = new JavaScript(SCRIPT_LIMIT);
                RowThread thread = new RowThread()) {
            Nunjucks templates = new Nunjucks(scripts, suite.templates().filters());
            PromptRendering rendering = rendering(templates, scripts, files);
            Grader grader = new Grader(
                    scripts,
                    templates,
                    files,
                    judges(rendering, scripts),
                    suite.grading().lenient());
            Map<ProviderSpec, Provider> providers = providers(rendering, scripts, wanted);
            List<PlannedRow> tasks = tasks(columns(suite), files, grader, thread).stream()
                    .filter(task -> wanted.test(task.column().provider()))
                    .toList();
            providers.forEach((spec, provider) -> provider.prepare(prompts(tasks, spec, rendering, thread)));
            Memory memory = new Memory();
            List<RowSteps> steps = tasks.stream()
                    .map(task -> new RowSteps(
                            task,
                            Objects.requireNonNull(providers.get(task.column().provider())),
                            suite.options(),
                            memory,
                            rendering,
                            grader,
                            new ScoringFunction(scripts, files),
                            thread))
                    .toList();
            boolean serial = tasks.stream()
                    .anyMatch(task -> Memory.isUsedBy(task.column().prompt())
                            || task.test().option("storeOutputAs") != null);
            return rows(steps, serial ? 1 : suite.options().maxConcurrency());
        }
    }

    /** Sends as many requests as there are threads; processes the answers here, in order. */
    private List<ResultRow> rows(List<RowSteps> steps, int threads) {
        List<ResultRow> rows = new ArrayList<>();
        int ahead = threads == 1 ? 1 : AHEAD * threads;
        ExecutorService asking = Executors.newFixedThreadPool(threads, task -> {
            Thread own = new Thread(task, "suite");
            own.setDaemon(true);
            return own;
        });
        try {
            for (int i = 0; i < steps.size() + ahead; i++) {
                if (i < steps.size()) {
                    steps.get(i).ask(asking);
                }
                int done = i - ahead + 1;
                if (done >= 0 && done < steps.size()) {
                    rows.add(steps.get(done).row());
                    listener.onRow(rows.size(), steps.size());
                }
            }
        } finally {
            asking.shutdownNow();
        }
        return rows;
    }

    private List<PlannedRow> tasks(List<Column> columns, SuiteFiles files, Grader grader, RowThread thread) {
        List<PlannedRow> tasks = new ArrayList<>();
        int index = 0;
        for (TestCase test : suite.tests()) {
            int repeat = repeat(suite, test);
            ObjectNode declared = test.vars();
            String error = null;
            try {
                declared = thread.call(() -> transformed(test, grader));
            } catch (CheckException e) {
                error = "Error: " + e.getMessage();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                error = "Error: interrupted";
            }
            if (Expansion.count(declared, test.isOn("disableVarExpansion"), files) > MOST_ROWS) {
                throw new InvalidInputException(
                        test.place() + ": transformVars returns more than " + MOST_ROWS + " combinations of values.");
            }
            List<ObjectNode> combinations = Expansion.of(declared, test.isOn("disableVarExpansion"), files);
            for (int r = 0; r < repeat; r++) {
                for (ObjectNode vars : combinations) {
                    for (int c = 0; c < columns.size(); c++) {
                        if (isAsked(test, columns.get(c))) {
                            tasks.add(new PlannedRow(index, c, r, test, vars, columns.get(c), error));
                        }
                    }
                    index++;
                }
            }
        }
        return tasks;
    }

    /** The number of repetitions of a test. */
    static int repeat(Suite suite, TestCase test) {
        int own = test.json().path("options").path("repeat").asInt();
        return own > 0 ? Math.min(own, Forms.MOST_REPEATS) : suite.options().repeat();
    }

    private static ObjectNode transformed(TestCase test, Grader grader) throws CheckException {
        String code = test.option("transformVars");
        if (code == null) {
            return test.vars();
        }
        JsonNode result = grader.transformVars(code, test.vars());
        if (!result.isObject()) {
            throw new CheckException("transformVars must return a mapping: " + code);
        }
        ObjectNode vars = test.vars().deepCopy();
        vars.setAll((ObjectNode) result);
        return vars;
    }

    /** Announces the prompts of a provider, as far as they are known before the first answer. */
    private List<String> prompts(
            List<PlannedRow> tasks, ProviderSpec spec, PromptRendering rendering, RowThread thread) {
        List<String> prompts = new ArrayList<>();
        for (PlannedRow task : tasks) {
            if (engines.containsKey(spec.type())
                    && task.column().provider().equals(spec)
                    && !Memory.isUsedBy(task.column().prompt())) {
                try {
                    Set<String> said = new HashSet<>();
                    prompts.add(thread.call(() -> rendering.prompt(
                            task,
                            rendering.resolve(
                                    task.vars(), task.column().prompt().raw(), said),
                            said)));
                } catch (CheckException e) {
                    // The row itself reports the error.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return prompts;
                }
            }
        }
        return prompts;
    }

    private Map<ProviderSpec, Provider> providers(
            PromptRendering rendering, JavaScript scripts, Predicate<ProviderSpec> wanted) {
        Map<ProviderSpec, Provider> providers = new LinkedHashMap<>();
        for (ProviderSpec spec : suite.providers()) {
            if (wanted.test(spec)) {
                providers.put(spec, provider(spec, rendering, scripts));
            }
        }
        return providers;
    }

    private Provider provider(ProviderSpec spec, PromptRendering rendering, JavaScript scripts) {
        Provider engine = engines.get(spec.type());
        if (engine != null) {
            return engine;
        }
        if (spec.type().equals("echo")) {
            return (prompt, vars) -> new Response(TextNode.valueOf(prompt), 0, 0.0, null, null, Response.Tokens.NONE);
        }
        if (spec.type().startsWith("openai:chat:")) {
            return new OpenAiProvider(spec, environment);
        }
        if (spec.type().startsWith("http")) {
            return new HttpProvider(spec, rendering, scripts, environment);
        }
        throw new InvalidInputException(
                "the provider " + spec.type() + " is only available in ft:evaluate, which loads the model.");
    }
}
