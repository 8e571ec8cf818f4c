package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.script.ScriptException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code javascript}: an expression, or several lines with a return, of {@code output} and {@code context}; or the
 * result of a file's function. The result is a boolean, a number to compare with the threshold (or 0), or {@code
 * {pass, score, reason}}.
 */
final class ScriptCheck {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ScriptCheck() {}

    static Outcome check(Subject s) throws CheckException {
        String code = s.fromFile() ? "" : s.value().asText().stripTrailing();
        try {
            JsonNode result;
            if (s.fromFile()) {
                result = s.value();
            } else if (s.value().isTextual()) {
                result = evaluate(s, code);
            } else {
                return new Outcome(
                        false, 0, "Custom function threw error: javascript assertion must have a string value");
            }
            return outcome(s, result, code);
        } catch (ScriptException e) {
            if (e.ofSandbox()) {
                throw new CheckException("The script " + e.getMessage() + ": " + code);
            }
            return new Outcome(false, 0, withCode("Custom function threw error: " + e.getMessage(), code));
        }
    }

    private static JsonNode evaluate(Subject s, String code) throws ScriptException {
        ObjectNode argument = JSON.objectNode().put("code", code);
        argument.putArray("names").add("output").add("context");
        argument.putArray("values").add(s.output()).add(s.context());
        return s.scripts().call("evaluate", argument);
    }

    private static Outcome outcome(Subject s, JsonNode result, String code) throws CheckException {
        // JSON turns NaN and Infinity into null. They would pass any threshold or spoil every mean.
        if (result.path("pass").isBoolean() && result.path("score").isNull()) {
            throw new CheckException("The script returned a score that is not a finite number: " + code);
        }
        if (result.isBoolean()) {
            boolean pass = result.booleanValue() != s.inverse();
            return new Outcome(
                    pass,
                    pass ? 1 : 0,
                    pass ? Outcome.PASSED : withCode("Custom function returned " + result.booleanValue(), code));
        }
        if (result.isNumber()) {
            Double threshold = s.assertion().threshold();
            double score = result.doubleValue();
            boolean raw = threshold == null ? score > 0 : score >= threshold;
            boolean pass = raw != s.inverse();
            return new Outcome(pass, score, pass ? Outcome.PASSED : withCode("Custom function returned " + raw, code));
        }
        if (result.path("pass").isBoolean()
                && result.path("score").isNumber()
                && result.path("reason").isTextual()) {
            boolean raw = result.path("pass").booleanValue();
            boolean pass = raw != s.inverse();
            String reason = pass == raw
                    ? result.path("reason").textValue()
                    : pass ? Outcome.PASSED : "Custom function returned " + raw;
            Map<String, Double> named = new LinkedHashMap<>();
            result.path("namedScores").properties().forEach(entry -> {
                if (entry.getValue().isNumber()) {
                    named.put(entry.getKey(), entry.getValue().doubleValue());
                }
            });
            return new Outcome(pass, result.path("score").doubleValue(), reason, named);
        }
        return new Outcome(
                false,
                0,
                withCode(
                        "Custom function threw error: Custom function must return a boolean, number, or GradingResult"
                                + " object. Got type " + type(result) + ": "
                                + (result.isMissingNode() ? "undefined" : Js.stringify(result)),
                        code));
    }

    private static String type(JsonNode result) {
        return switch (result.getNodeType()) {
            case STRING -> "string";
            case MISSING -> "undefined";
            default -> "object";
        };
    }

    private static String withCode(String reason, String code) {
        return code.isEmpty() ? reason : reason + "\n" + code;
    }
}
