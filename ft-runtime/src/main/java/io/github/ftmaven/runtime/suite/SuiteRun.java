package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Graded;
import io.github.ftmaven.runtime.assertion.Grader;
import io.github.ftmaven.runtime.assertion.GradingServices;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a suite: each test, in each combination of its variables, with each provider and prompt. Rows come in the order of
 * the suite. Whatever goes wrong with one row is its error; the others keep their results.
 */
public final class SuiteRun {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(5);

    private final Suite suite;
    private final Map<String, String> environment;
    private final Map<String, Provider> engines;
    private final Listener listener;

    /**
     * Prepares a run.
     *
     * @param environment the process's variables
     * @param engines providers that this process has, by id
     */
    public SuiteRun(Suite suite, Map<String, String> environment, Map<String, Provider> engines, Listener listener) {
        this.suite = suite;
        this.environment = suite.over(environment);
        this.engines = Map.copyOf(engines);
        this.listener = listener;
    }

    /** Hears how a run goes. */
    public interface Listener {
        /** Another row is done. */
        void onRow(int done, int total);
    }

    /** The columns of its table. */
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

    private static boolean matches(String pattern, String label) {
        return pattern.equals(label)
                || (pattern.endsWith("*") && label.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    private record Task(int testIndex, int columnIndex, TestCase test, ObjectNode vars, Column column) {}

    /** Runs all of it. */
    public List<Row> run() {
        return compare(run(provider -> true));
    }

    /** The rows of all providers after the assertions that compare them. */
    public List<Row> compare(List<Row> rows) {
        if (!RowComparison.isWanted(rows)) {
            return rows;
        }
        try (JavaScript scripts = new JavaScript(SCRIPT_LIMIT)) {
            SuiteFiles files = new SuiteFiles(suite.directory());
            Nunjucks templates = new Nunjucks(scripts, suite.filters());
            PromptRendering rendering = new PromptRendering(templates, scripts, files, env());
            return RowComparison.compare(rows, new Grader(scripts, templates, files, judges(rendering, scripts)));
        }
    }

    private ObjectNode env() {
        ObjectNode env = JSON.createObjectNode();
        environment.forEach(env::put);
        return env;
    }

    private GradingServices judges(PromptRendering rendering, JavaScript scripts) {
        return new JudgeServices(suite.judge(), environment, spec -> provider(spec, rendering, scripts));
    }

    /** Runs the columns of some providers. */
    public List<Row> run(Predicate<ProviderSpec> wanted) {
        SuiteFiles files = new SuiteFiles(suite.directory());
        List<Task> tasks = tasks(files).stream()
                .filter(task -> wanted.test(task.column().provider()))
                .toList();
        List<Row> rows = new ArrayList<>();
        try (JavaScript scripts = new JavaScript(SCRIPT_LIMIT)) {
            Nunjucks templates = new Nunjucks(scripts, suite.filters());
            PromptRendering rendering = new PromptRendering(templates, scripts, files, env());
            Grader grader = new Grader(scripts, templates, files, judges(rendering, scripts));
            Map<ProviderSpec, Provider> providers = providers(rendering, scripts, wanted);
            providers.forEach((spec, provider) -> provider.prepare(prompts(tasks, spec, rendering)));
            Map<String, JsonNode> stored = new LinkedHashMap<>();
            for (Task task : tasks) {
                rows.add(row(task, rendering, grader, providers, stored));
                listener.onRow(rows.size(), tasks.size());
            }
        }
        return rows;
    }

    private List<Task> tasks(SuiteFiles files) {
        List<Column> columns = columns(suite);
        List<Task> tasks = new ArrayList<>();
        int index = 0;
        for (TestCase test : suite.tests()) {
            int repeat = Math.max(
                    suite.repeat(), test.json().path("options").path("repeat").asInt(1));
            for (int r = 0; r < repeat; r++) {
                for (ObjectNode vars : Expansion.of(test.vars(), test.isOn("disableVarExpansion"), files)) {
                    for (int c = 0; c < columns.size(); c++) {
                        if (isAsked(test, columns.get(c))) {
                            tasks.add(new Task(index, c, test, vars, columns.get(c)));
                        }
                    }
                    index++;
                }
            }
        }
        return tasks;
    }

    private static boolean isAsked(TestCase test, Column column) {
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

    /** What a provider will be asked, as far as it is known before anyone answers. */
    private List<String> prompts(List<Task> tasks, ProviderSpec spec, PromptRendering rendering) {
        List<String> prompts = new ArrayList<>();
        for (Task task : tasks) {
            if (engines.containsKey(spec.id()) && task.column().provider().equals(spec)) {
                try {
                    TestCase test = task.test();
                    String raw =
                            text(test.option("prefix")) + task.column().prompt().raw() + text(test.option("suffix"));
                    prompts.add(rendering.render(raw, rendering.resolve(task.vars(), raw)));
                } catch (CheckException e) {
                    // The row itself will say so.
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
        Provider engine = engines.get(spec.id());
        if (engine != null) {
            return engine;
        }
        if (spec.id().equals("echo")) {
            return (prompt, vars) -> new Response(TextNode.valueOf(prompt), 0, 0.0, null, null, Response.Tokens.NONE);
        }
        if (spec.id().startsWith("openai:chat:")) {
            return new OpenAiProvider(spec, environment);
        }
        if (spec.id().startsWith("http")) {
            return new HttpProvider(spec, rendering, scripts, environment);
        }
        throw new InvalidInputException(
                "the provider " + spec.id() + " answers in ft:evaluate only, where the model is.");
    }

    private static Row row(
            Task task,
            PromptRendering rendering,
            Grader grader,
            Map<ProviderSpec, Provider> providers,
            Map<String, JsonNode> stored) {
        TestCase test = task.test();
        ProviderSpec provider = task.column().provider();
        String prompt = task.column().prompt().raw();
        Response response = null;
        Graded graded = null;
        String error = null;
        ObjectNode vars = task.vars();
        try {
            ObjectNode all = vars.deepCopy();
            stored.forEach(all::set);
            ObjectNode resolved = rendering.resolve(all, prompt);
            prompt = rendering.render(text(test.option("prefix")) + prompt + text(test.option("suffix")), resolved);
            response = answer(test, prompt, resolved, Objects.requireNonNull(providers.get(provider)));
            response = transformed(response, provider.transform(), resolved, prompt, grader);
            JsonNode untransformed = response.output();
            String own = test.option("transform") == null ? test.option("postprocess") : test.option("transform");
            response = transformed(response, own, resolved, prompt, grader);
            String name = test.option("storeOutputAs");
            if (name != null) {
                stored.put(name, response.output());
            }
            graded = grader.grade(
                    test.assertions(),
                    test.threshold(),
                    response,
                    new Grader.Case(
                            prompt,
                            resolved,
                            test.json(),
                            JSON.createObjectNode().put("id", provider.id()).put("label", provider.label()),
                            provider.config(),
                            untransformed));
        } catch (CheckException | ProviderException e) {
            error = "Error: " + e.getMessage();
        }
        return new Row(
                task.testIndex(),
                task.columnIndex(),
                test,
                provider,
                task.column().prompt(),
                prompt,
                vars,
                response,
                graded,
                error);
    }

    private static Response answer(TestCase test, String prompt, ObjectNode vars, Provider provider)
            throws ProviderException {
        JsonNode given = test.providerOutput();
        boolean isGiven = !given.isMissingNode()
                && !given.isNull()
                && !(given.isTextual() && given.textValue().isEmpty());
        return isGiven ? new Response(given, 0, 0.0, null, null, Response.Tokens.NONE) : provider.ask(prompt, vars);
    }

    private static Response transformed(
            Response response, @Nullable String code, ObjectNode vars, String prompt, Grader grader)
            throws CheckException {
        return code == null
                ? response
                : new Response(
                        grader.transform(code, response.output(), vars, prompt),
                        response.latencyMs(),
                        response.cost(),
                        response.finishReason(),
                        response.logProbs(),
                        response.tokens());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
