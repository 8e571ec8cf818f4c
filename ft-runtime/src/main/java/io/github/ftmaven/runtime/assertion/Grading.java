package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/** The grading of one assertion by its judge, and its usage. */
final class Grading {
    private static final int SHOWN = 300;

    private final Assertion assertion;
    private final Grader.Case test;
    private final GradingServices services;
    private final RubricPrompts prompts;
    private final Transform transform;
    private Usage usage = Usage.NONE;

    Grading(
            Assertion assertion,
            Grader.Case test,
            GradingServices services,
            RubricPrompts prompts,
            Transform transform) {
        this.assertion = assertion;
        this.test = test;
        this.services = services;
        this.prompts = prompts;
        this.transform = transform;
    }

    /** Runs a suite's code on an output. */
    interface Transform {
        JsonNode apply(String code, JsonNode output, ObjectNode vars, String prompt) throws CheckException;
    }

    /** The result of the suite's code on the provider's original output. */
    JsonNode transformed(String code) throws CheckException {
        return transform.apply(code, test.untransformed(), test.vars(), test.prompt());
    }

    Grader.Case test() {
        return test;
    }

    GradingServices services() {
        return services;
    }

    Usage usage() {
        return usage;
    }

    /** An option of the test. */
    JsonNode option(String name) {
        return test.test().path("options").path(name);
    }

    /** The assertion's own {@code rubricPrompt}, or the test's. */
    JsonNode rubricPrompt() {
        return own("rubricPrompt");
    }

    private JsonNode own(String name) {
        JsonNode own = assertion.json().path(name);
        return Js.truthy(own) ? own : option(name);
    }

    /** A modifiable copy of the test's variables. */
    ObjectNode vars() {
        return test.vars().deepCopy();
    }

    /** A prompt from the suite's template, or from the default template of that name. */
    String prompt(String name, ObjectNode vars) throws CheckException {
        return prompts.render(rubricPrompt(), name, vars);
    }

    /** A prompt from one of several templates. */
    String prompt(JsonNode declared, String name, ObjectNode vars) throws CheckException {
        return prompts.render(declared, name, vars);
    }

    /** A prompt whose template sees objects. */
    String promptWithObjects(String name, ObjectNode vars) throws CheckException {
        return prompts.renderWithObjects(rubricPrompt(), name, vars);
    }

    /** Asks the judge: the answer is a non-blank text, or JSON. */
    JsonNode ask(String prompt, ObjectNode vars) throws CheckException {
        Response response = services.ask(own("provider"), prompt, vars);
        usage = usage.plus(Usage.of(response.tokens()));
        JsonNode output = response.output();
        if (output.isNull()
                || output.isMissingNode()
                || (output.isTextual() && output.textValue().isBlank())) {
            throw new CheckException(assertion.type() + ": the judge returned an empty answer");
        }
        return output;
    }

    /** Asks the judge for an answer that must be text. */
    String askText(String prompt, ObjectNode vars) throws CheckException {
        JsonNode output = ask(prompt, vars);
        if (!output.isTextual()) {
            throw nonsense("no text", Js.stringify(output));
        }
        return output.textValue();
    }

    /** The embedding of a text. */
    List<Double> embed(String text) throws CheckException {
        GradingServices.Embedding embedding = services.embed(own("provider"), text);
        usage = usage.plus(Usage.of(embedding.tokens()));
        return embedding.vector();
    }

    /** The first JSON object of an answer. */
    ObjectNode object(JsonNode answer) throws CheckException {
        if (answer.isObject()) {
            return (ObjectNode) answer;
        }
        List<ObjectNode> objects = answer.isTextual() ? JsonObjects.in(answer.textValue()) : List.of();
        if (objects.isEmpty()) {
            throw nonsense("no JSON object", answer.isTextual() ? answer.textValue() : Js.stringify(answer));
        }
        return objects.get(0);
    }

    /** The error for an unusable answer. */
    CheckException nonsense(String what, String answer) {
        String line = answer.replaceAll("\\s+", " ").strip();
        return new CheckException(assertion.type() + ": the judge's answer has " + what + ": "
                + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "\u2026"));
    }

    /** A text as templates see it: its JSON value, if it is valid JSON. */
    static JsonNode parsed(String text) {
        return Js.parse(text).orElse(TextNode.valueOf(text));
    }

    /** A finite number, or the number in a text; NaN for anything else. */
    static double number(JsonNode value) {
        if (value.isNumber()) {
            return value.doubleValue();
        }
        try {
            return value.isTextual() ? Double.parseDouble(Js.trim(value.textValue())) : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
