package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.ftmaven.runtime.script.JavaScript;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks of an answer's tool calls: {@code tool-call-f1} by the called names, the others by the schemas in the
 * provider's configuration. Unlike promptfoo, the negated forms of the others invert the result.
 */
final class ToolCallChecks {
    private ToolCallChecks() {}

    /** The harmonic mean of precision and recall of the called names, as sets. */
    static Outcome f1(Subject s) throws CheckException {
        Set<String> expected = new TreeSet<>();
        if (s.value().isArray()) {
            s.value().forEach(name -> expected.add(Js.trim(Js.text(name))));
        } else {
            CheckException.require(
                    s.value().isTextual(),
                    "\"tool-call-f1\" assertion requires a value: array of tool names or comma-separated string");
            Arrays.stream(s.value().textValue().split(",", -1)).map(Js::trim).forEach(expected::add);
        }
        expected.remove("");
        CheckException.require(
                !expected.isEmpty(), "\"tool-call-f1\" assertion requires at least one expected tool name");
        Set<String> called = new TreeSet<>();
        try {
            names(s.output(), called);
        } catch (CheckException e) {
            return new Outcome(false, 0, String.valueOf(e.getMessage()));
        }
        double both = called.stream().filter(expected::contains).count();
        double precision = called.isEmpty() ? 0 : both / called.size();
        double recall = both / expected.size();
        double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
        double threshold = s.assertion().threshold(1);
        boolean pass = (f1 >= threshold) != s.inverse();
        String lists = "Expected: [" + String.join(", ", expected) + "], Called: ["
                + (called.isEmpty() ? "(none)" : String.join(", ", called)) + "]";
        String shares = "recision=" + Js.fixed(precision, 3);
        return new Outcome(
                pass,
                f1,
                pass
                        ? "Tool Call F1: " + Js.fixed(f1, 3) + " (p" + shares + ", recall=" + Js.fixed(recall, 3)
                                + "). " + lists
                        : "Tool Call F1 score " + Js.fixed(f1, 3) + " is " + (s.inverse() ? "above" : "below")
                                + " threshold " + Js.number(threshold) + ". " + lists + ". P" + shares + ", Recall="
                                + Js.fixed(recall, 3));
    }

    /** Collects the names of calls in the formats of OpenAI, Anthropic and Google, in JSON or embedded in text. */
    private static void names(JsonNode output, Set<String> names) throws CheckException {
        if (output.isTextual()) {
            Optional<JsonNode> json = Js.parse(output.textValue());
            if (json.isPresent()) {
                names(json.get(), names);
                return;
            }
            for (JsonNode block : JsonBlocks.in(output.textValue())) {
                names(block, names);
            }
        } else if (output.isArray()) {
            output.forEach(block -> {
                if (!called(block, names) && !add(block.path("function"), names)) {
                    add(block, names);
                }
            });
        } else if (output.path("tool_calls").isArray()) {
            output.path("tool_calls").forEach(call -> {
                add(call.path("function"), names);
                add(call, names);
            });
        } else if (!called(output, names)) {
            output.path("toolCall").path("functionCalls").forEach(call -> add(call, names));
        }
    }

    private static boolean called(JsonNode block, Set<String> names) {
        String type = block.path("type").asText();
        if ((type.equals("tool_use") || type.equals("function_call")) && add(block, names)) {
            return true;
        }
        boolean google = block.path("functionCall").isObject();
        if (google) {
            add(block.path("functionCall"), names);
        }
        return google;
    }

    private static boolean add(JsonNode named, Set<String> names) {
        boolean isNamed = named.path("name").isTextual();
        if (isNamed) {
            names.add(named.path("name").textValue());
        }
        return isNamed;
    }

    static Outcome functionCall(Subject s) throws CheckException {
        String problem = s.test().config().isEmpty()
                ? "Provider does not have functionality for checking function call."
                : problem(
                        s.scripts(),
                        s.output().has("function_call") ? s.output().path("function_call") : s.output(),
                        s.test().config().path("functions"));
        return outcome(s, problem);
    }

    static Outcome toolsCall(Subject s) throws CheckException {
        JsonNode calls = s.output().has("tool_calls") ? s.output().path("tool_calls") : s.output();
        boolean looksValid = calls.isArray() && !calls.isEmpty();
        for (JsonNode call : calls) {
            looksValid &= isCall(call.path("function"));
        }
        if (!looksValid) {
            return outcome(s, "OpenAI did not return a valid-looking tools response: " + Js.stringify(calls));
        }
        JsonNode tools = s.test().config().path("tools");
        if (!Js.truthy(tools)) {
            return outcome(s, "No tools configured in provider, but output contains tool calls");
        }
        ArrayNode functions = s.test().config().arrayNode();
        tools.forEach(tool -> {
            if (tool.path("type").asText().equals("function") && tool.has("function")) {
                functions.add(tool.path("function"));
            }
        });
        for (JsonNode call : calls) {
            String problem = problem(s.scripts(), call.path("function"), functions);
            if (!problem.isEmpty()) {
                return outcome(s, problem);
            }
        }
        return outcome(s, "");
    }

    private static Outcome outcome(Subject s, String problem) {
        return Outcome.of(
                problem.isEmpty() != s.inverse(),
                problem.isEmpty() ? "Expected output not to be a valid call" : problem);
    }

    private static boolean isCall(JsonNode call) {
        return call.path("name").isTextual() && call.path("arguments").isTextual();
    }

    /** The problem with a call; empty if there is none. */
    private static String problem(JavaScript scripts, JsonNode call, JsonNode functions) throws CheckException {
        if (!isCall(call)) {
            return "OpenAI did not return a valid-looking function call: " + Js.stringify(call);
        }
        String name = call.path("name").textValue();
        Optional<JsonNode> arguments = Js.parse(call.path("arguments").textValue());
        if (arguments.isEmpty()) {
            return "Call to \"" + name + "\" has arguments that are not JSON: "
                    + call.path("arguments").textValue();
        }
        for (JsonNode function : functions) {
            if (function.path("name").asText().equals(name) && Js.truthy(function.path("parameters"))) {
                return new JsonSchema(scripts, function.path("parameters"))
                        .mistakes(arguments.get())
                        .map(mistake -> "Call to \"" + name + "\" does not match schema: " + mistake)
                        .orElse("");
            }
        }
        return "Called \"" + name + "\", but there is no function with that name";
    }
}
