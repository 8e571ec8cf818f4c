package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a conversation is rendered as text, and what of it is learnt. */
public record RenderingSpec(
        @Doc("The chat template that renders a conversation as text; auto is the model's own.")
        TemplateChoice template,

        @Doc("Extra variables for the model's own chat template, such as enable_thinking.") @Nullable
        Map<String, JsonNode> templateArguments,

        @Doc("The text of the token that ends every answer; auto takes it from the template, else from the tokenizer.")
        String endToken,

        @Doc("Whether the model learns every answer of a conversation, or only the last.")
        Learn learn) {

    public RenderingSpec {
        templateArguments =
                templateArguments == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(templateArguments));
    }

    /** The template's extra variables; empty for none. */
    public Map<String, JsonNode> arguments() {
        return templateArguments == null ? Map.of() : templateArguments;
    }
}
