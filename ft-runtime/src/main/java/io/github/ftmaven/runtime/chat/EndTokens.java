package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tokens at which programs that serve a model stop by its files, whatever it was tuned to end with. */
public final class EndTokens {
    private EndTokens() {}

    /** Those of {@code generation_config.json} if it names any, else those of {@code config.json}; may be empty. */
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
