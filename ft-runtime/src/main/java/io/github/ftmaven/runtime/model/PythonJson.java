package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.Json;

/** Writes JSON in the layout of the Python libraries. */
public final class PythonJson {
    private PythonJson() {}

    /**
     * The output of Python's {@code json.dumps(…, indent=2)}, except that letters beyond ASCII are not escaped; keys
     * keep their order.
     */
    public static String format(JsonNode json) throws JsonProcessingException {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        return Json.whole(Json.lenient()
                .writer(new DefaultPrettyPrinter(separators)
                        .withObjectIndenter(indenter)
                        .withArrayIndenter(indenter))
                .writeValueAsString(json));
    }
}
