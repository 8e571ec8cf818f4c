package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code doc_to_text} and similar keys: a template, a column's name, a value, or a supported function. */
final class FieldReader {
    private static final String TEXT = "text: a template or a column's name";
    private static final Map<String, String> KINDS = Map.of(
            "doc_to_text", "text or a whole number: a template, a column's name, or a choice's number",
            "doc_to_target",
                    "text, a whole number, or a list of them: a template, a column's name, or the right answers",
            "doc_to_choice", "text, or a list or mapping of texts: a template, a column's name, or the choices");

    private final TaskKeys declaration;
    private final Functions functions;

    FieldReader(TaskKeys declaration, Functions functions) {
        this.declaration = declaration;
        this.functions = functions;
    }

    /** The field at a task's key; null if the key is absent. */
    @Nullable
    Field read(String key) {
        return read(declaration.get(key), declaration.place(key), key);
    }

    /** The field from a value within the task. */
    @Nullable
    Field read(JsonNode value, String at, String key) {
        PythonFunction function = TaskKeys.function(value);
        if (function != null) {
            return functions
                    .value(key)
                    .map(known -> Field.of(declaration.named(at), key, known))
                    .orElse(null);
        }
        if (!value.isMissingNode() && !value.isNull() && !fits(key.replace("fewshot_config.", ""), value)) {
            declaration.mistake(
                    at, key + " must be " + KINDS.getOrDefault(key.replace("fewshot_config.", ""), TEXT) + ".");
            return null;
        }
        return declaration.field(value, at, key);
    }

    private static boolean fits(String key, JsonNode value) {
        boolean single = value.isTextual() || value.isIntegralNumber() || value.isBoolean();
        return switch (key) {
            case "doc_to_text" -> single;
            case "doc_to_target" ->
                single
                        || (value.isArray()
                                && !value.isEmpty()
                                && value.valueStream().allMatch(each -> each.isTextual() || each.isIntegralNumber()));
            case "doc_to_choice" ->
                value.isTextual()
                        || (value.isContainerNode()
                                && !value.isEmpty()
                                && value.valueStream().allMatch(JsonNode::isTextual));
            default -> value.isTextual();
        };
    }
}
