package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a conversation becomes text. */
public record RenderingSpec(
        @Doc("How a conversation is laid out as text; auto is the model's own chat template.")
        TemplateChoice template,

        @Doc("Variables for the model's own chat template besides the conversation, such as enable_thinking.") @Nullable
        Map<String, JsonNode> templateArguments,

        @Doc("The token that ends every answer, by its text; auto takes the template's, else the tokenizer's.")
        String endToken) {

    public RenderingSpec {
        templateArguments =
                templateArguments == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(templateArguments));
    }

    /** The template's variables besides the conversation; empty for none. */
    public Map<String, JsonNode> arguments() {
        return templateArguments == null ? Map.of() : templateArguments;
    }
}
