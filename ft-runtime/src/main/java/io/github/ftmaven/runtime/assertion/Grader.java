package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import io.github.ftmaven.runtime.script.ScriptException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Grades an output by its test's assertions. */
public final class Grader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String FILE = "file://";

    private final JavaScript scripts;
    private final Nunjucks templates;
    private final Files files;
    private final GradingServices services;
    private final RubricPrompts prompts;
    private final boolean lenient;

    /**
     * Prepares a grader.
     *
     * @param lenient whether to check values that render empty anyway, as promptfoo does
     */
    public Grader(JavaScript scripts, Nunjucks templates, Files files, GradingServices services, boolean lenient) {
        this.scripts = scripts;
        this.templates = templates;
        this.files = files;
        this.services = services;
        this.prompts = new RubricPrompts(templates, files);
        this.lenient = lenient;
    }

    /** Reads the files that assertions name. */
    public interface Files {
        /**
         * A data file's content: the value of JSON and YAML, the text of anything else.
         *
         * @throws CheckException if the file cannot be read
         */
        JsonNode content(String reference) throws CheckException;

        /**
         * A script's source.
         *
         * @throws CheckException if the file cannot be read
         */
        String source(String path) throws CheckException;
    }

    /**
     * A test as scripts see it.
     *
     * @param prompt the rendered prompt
     * @param vars the test's variables
     * @param test the whole test case
     * @param provider the provider's id and label
     * @param config the provider's configuration
     * @param untransformed the output before the test's transformation
     */
    public record Case(
            String prompt,
            ObjectNode vars,
            ObjectNode test,
            ObjectNode provider,
            ObjectNode config,
            JsonNode untransformed) {}

    /**
     * Grades an answer.
     *
     * @param threshold of the test; null for "no assertion may fail"
     * @throws CheckException if an assertion cannot be checked: then the test counts as an error
     */
    public Graded grade(List<Assertion> assertions, @Nullable Double threshold, Response response, Case test)
            throws CheckException {
        if (assertions.isEmpty()) {
            return new Graded(true, 1, "No assertions", null, NamedScores.NONE, List.of(), null, Usage.NONE);
        }
        Total total = new Total(threshold);
        for (Assertion assertion : assertions) {
            if (OutputComparison.TYPES.contains(assertion.type())) {
                continue; // compared later, with all answers
            }
            Graded graded;
            if (assertion.type().equals(Assertion.SET)) {
                Total set = new Total(assertion.threshold());
                for (Assertion child : assertion.children()) {
                    set.add(gradeOne(child, response, test), metric(child, test), child.weight());
                }
                graded = set.graded(assertion);
            } else {
                graded = gradeOne(assertion, response, test);
            }
            total.add(graded, metric(assertion, test), assertion.weight());
        }
        return total.graded(null);
    }

    /**
     * Compares the answers to one test.
     *
     * @param assertion an assertion of one of {@link OutputComparison#TYPES}
     * @param outputs the answers, at least two
     * @param graded the results of the other assertions, in the same order
     * @param test the test of the first answer
     * @throws CheckException if the comparison fails: then the tests count as errors
     */
    public List<Graded> compare(Assertion assertion, List<JsonNode> outputs, List<Graded> graded, Case test)
            throws CheckException {
        CheckException.require(
                outputs.size() > 1, assertion.type() + " assertion must have at least two outputs to compare between");
        Grading grading = new Grading(assertion, test, services, prompts, this::transform);
        List<Outcome> outcomes = assertion.type().equals("select-best")
                ? OutputComparison.selectBest(assertion, outputs, grading)
                : OutputComparison.maxScore(assertion, graded);
        return outcomes.stream()
                .map(outcome -> graded(assertion, outcome, null, grading.usage()))
                .toList();
    }

    private Graded gradeOne(Assertion assertion, Response response, Case test) throws CheckException {
        Check check = Checks.DETERMINISTIC.get(assertion.baseType());
        JudgedCheck judged = Checks.JUDGED.get(assertion.baseType());
        if (check == null && judged == null) {
            throw new CheckException("Unknown assertion type: " + assertion.type());
        }
        JsonNode output = transformed(assertion, response.output(), test);
        ObjectNode context = context(assertion, response, test);
        boolean scripted = isScript(assertion.value());
        JsonNode value =
                scripted ? scripted(assertion.value().asText(), output, context) : rendered(assertion.value(), test);
        Optional<String> problem = lenient ? Optional.empty() : AssertionMistakes.renderedProblem(assertion, value);
        if (problem.isPresent()) {
            throw new CheckException(problem.get());
        }
        boolean script = assertion.baseType().equals("javascript");
        if (scripted && !script && (value.isBoolean() || value.has("pass"))) {
            throw new CheckException("Script for \"" + assertion.type() + "\" assertion returned a verdict; only"
                    + " javascript assertions accept one.");
        }
        Subject subject = new Subject(
                assertion,
                value,
                scripted,
                output,
                output.isTextual() ? output.textValue() : Js.stringify(output),
                response,
                context,
                test,
                scripts);
        Grading grading = new Grading(assertion, test, services, prompts, this::transform);
        Outcome outcome = check != null
                ? check.check(subject)
                : Objects.requireNonNull(judged).check(subject, grading);
        String renderedValue = value.isTextual() && !value.equals(assertion.value()) ? value.textValue() : null;
        return graded(assertion, outcome, renderedValue, grading.usage());
    }

    private static Graded graded(Assertion assertion, Outcome outcome, @Nullable String renderedValue, Usage usage) {
        return new Graded(
                outcome.pass() || assertion.weight() == 0,
                outcome.score(),
                outcome.reason(),
                assertion,
                new NamedScores(outcome.namedScores(), Map.of(), Map.of()),
                List.of(),
                renderedValue,
                usage);
    }

    private JsonNode transformed(Assertion assertion, JsonNode output, Case test) throws CheckException {
        JsonNode transform = assertion.json().path("transform");
        return transform.isTextual() ? transform(transform.textValue(), output, test.vars(), test.prompt()) : output;
    }

    /**
     * Applies a transformation to an output: an expression of {@code output} and {@code context}, or a {@code file://}
     * script.
     *
     * @throws CheckException if it fails
     */
    public JsonNode transform(String code, JsonNode output, ObjectNode vars, String prompt) throws CheckException {
        ObjectNode context = JSON.objectNode();
        context.set("vars", vars);
        context.putObject("prompt").put("label", prompt);
        return transform(code, "output", output, context);
    }

    /**
     * Applies a transformation to variables: an expression of {@code vars} and {@code context}, or a {@code file://}
     * script.
     *
     * @throws CheckException if it fails
     */
    public JsonNode transformVars(String code, ObjectNode vars) throws CheckException {
        ObjectNode context = JSON.objectNode();
        context.putObject("prompt");
        return transform(code, "vars", vars, context);
    }

    private JsonNode transform(String code, String name, JsonNode output, ObjectNode context) throws CheckException {
        JsonNode result;
        if (isScript(TextNode.valueOf(code))) {
            result = scripted(code, output, context);
        } else {
            ObjectNode argument = JSON.objectNode().put("code", code.stripTrailing());
            argument.putArray("names").add(name).add("context");
            argument.putArray("values").add(output).add(context);
            try {
                result = scripts.call("evaluate", argument);
            } catch (ScriptException e) {
                throw new CheckException("Transform failed: " + e.getMessage() + ": " + code);
            }
        }
        if (result.isMissingNode() || result.isNull()) {
            throw new CheckException("Transform function did not return a value");
        }
        return result;
    }

    private static boolean isScript(JsonNode value) {
        return value.isTextual() && value.textValue().matches("file://.*\\.(js|cjs|mjs)(:.*)?");
    }

    private JsonNode scripted(String reference, JsonNode output, ObjectNode context) throws CheckException {
        String path = reference.substring(FILE.length());
        int colon = path.lastIndexOf(':');
        String name = colon > path.lastIndexOf('.') ? path.substring(colon + 1) : "";
        String file = name.isEmpty() ? path : path.substring(0, colon);
        ObjectNode argument =
                JSON.objectNode().put("source", files.source(file)).put("name", name);
        argument.putArray("values").add(output).add(context);
        try {
            return scripts.call("file", argument);
        } catch (ScriptException e) {
            throw new CheckException(file + ": " + e.name() + ": " + e.getMessage());
        }
    }

    private JsonNode rendered(JsonNode value, Case test) throws CheckException {
        if (value.isTextual()) {
            return value.textValue().startsWith(FILE)
                    ? files.content(value.textValue())
                    : TextNode.valueOf(render(value.textValue(), test));
        }
        if (value.isArray()) {
            ArrayNode items = JSON.arrayNode();
            for (JsonNode item : value) {
                items.add(item.isTextual() ? rendered(item, test) : item);
            }
            return items;
        }
        return value;
    }

    private String render(String template, Case test) throws CheckException {
        try {
            return templates.render(template, test.vars());
        } catch (ScriptException e) {
            throw new CheckException(Objects.toString(e.getMessage()));
        }
    }

    /** The metric of an assertion, which may be a template; if rendering fails, as written. */
    private @Nullable String metric(Assertion assertion, Case test) {
        JsonNode metric = assertion.json().path("metric");
        if (!metric.isTextual()) {
            return null;
        }
        try {
            return templates.render(metric.textValue(), test.vars());
        } catch (ScriptException e) {
            return metric.textValue();
        }
    }

    private static ObjectNode context(Assertion assertion, Response response, Case test) {
        ObjectNode context = JSON.objectNode().put("prompt", test.prompt());
        context.set("vars", test.vars());
        context.set("test", test.test());
        context.set("provider", test.provider());
        ObjectNode answer = context.putObject("providerResponse");
        answer.set("output", response.output());
        if (response.logProbs() != null) {
            ArrayNode logProbs = context.putArray("logProbs");
            response.logProbs().forEach(logProbs::add);
        }
        JsonNode config = assertion.json().path("config");
        if (!config.isMissingNode()) {
            context.set("config", config);
        }
        return context;
    }
}
