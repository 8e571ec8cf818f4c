package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tokens at which inference servers stop because of the model's files, whatever end token was trained. */
public final class EndTokens {
    private EndTokens() {}

    /** The tokens of {@code generation_config.json} or, if it has none, of {@code config.json}; may be empty. */
    public static Set<Integer> of(Path modelDirectory) {
        Set<Integer> ends = new LinkedHashSet<>();
        for (String name : List.of("generation_config.json", "config.json")) {
            JsonNode token = ChatTemplate.json(modelDirectory.resolve(name)).path("eos_token_id");
            if (ends.isEmpty()) {
                (token.isArray() ? token : List.of(token)).forEach(each -> {
                    if (each.isInt()) {
                        ends.add(each.intValue());
                    }
                });
            }
        }
        return ends;
    }
}
