package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.lmeval.TaskConfig.Generation;
import io.github.ftmaven.runtime.lmeval.TaskConfig.OutputType;
import java.util.List;
import java.util.Set;

/** Reads {@code generation_kwargs}. */
final class GenerationReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_NEW_TOKENS = 256; // lm-eval's
    private static final Set<String> KEYS = Set.of(
            "until",
            "do_sample",
            "temperature",
            "top_p",
            "top_k",
            "max_gen_toks",
            "max_new_tokens",
            "max_tokens",
            "max_completion_tokens",
            "num_beams");
    private static final List<String> TOKEN_LIMITS =
            List.of("max_gen_toks", "max_new_tokens", "max_tokens", "max_completion_tokens");

    private final TaskKeys declaration;

    private GenerationReader(TaskKeys declaration) {
        this.declaration = declaration;
    }

    /**
     * Reads the settings for a task's answers, and adds mistakes to the declaration.
     *
     * @param delimiter the task's {@code fewshot_delimiter}, the default end of an answer
     */
    static Generation read(TaskKeys declaration, OutputType type, String delimiter) {
        return new GenerationReader(declaration).read(type, delimiter);
    }

    private Generation read(OutputType type, String delimiter) {
        ObjectNode arguments = declaration.mapping("generation_kwargs");
        String at = declaration.place("generation_kwargs");
        declaration.checkKeys(arguments, "generation_kwargs", KEYS);
        if (type != OutputType.GENERATE_UNTIL && declaration.has("generation_kwargs")) {
            declaration.mistake(at, "generation_kwargs: only generate_until tasks generate answers.");
        }
        boolean sampled = declaration.flag(arguments.path("do_sample"), at, "generation_kwargs.do_sample", false);
        boolean greedy = arguments.path("do_sample").isBoolean() && !sampled;
        double temperature = declaration.number(arguments, "generation_kwargs", "temperature");
        declaration.number(arguments, "generation_kwargs", "top_p");
        declaration.number(arguments, "generation_kwargs", "top_k");
        if (sampled || (!greedy && temperature != 0)) {
            declaration.mistake(
                    declaration.place(arguments, sampled ? "do_sample" : "temperature"),
                    "generation_kwargs: sampling is not supported, only greedy decoding. Set do_sample: false.");
        }
        List<String> until = arguments.hasNonNull("until")
                ? declaration.texts(arguments.path("until"), at, "generation_kwargs.until")
                : List.of(delimiter);
        if (until.contains("") && arguments.hasNonNull("until")) {
            declaration.mistake(at, "generation_kwargs.until: an empty text never ends an answer. Remove it.");
        }
        int most = mostTokens(arguments, at);
        if (declaration.whole(arguments.path("num_beams"), at, "generation_kwargs.num_beams", 1, 1) != 1) {
            declaration.mistake(
                    declaration.place(arguments, "num_beams"),
                    "generation_kwargs: beam search is not supported, only greedy decoding.");
        }
        ObjectNode json = JSON.objectNode();
        if (declaration.has("generation_kwargs")) {
            json.setAll(arguments.deepCopy());
            if (json.path("temperature").isNumber()) {
                json.put("temperature", json.path("temperature").doubleValue());
            }
        } else {
            json.put("temperature", 0.0).put("do_sample", false).put("max_gen_toks", MOST_NEW_TOKENS);
        }
        if (!json.has("until")) {
            ArrayNode ends = json.putArray("until");
            until.forEach(ends::add);
        }
        return new Generation(until.stream().filter(end -> !end.isEmpty()).toList(), most, json);
    }

    private int mostTokens(ObjectNode arguments, String at) {
        List<String> given = TOKEN_LIMITS.stream().filter(arguments::hasNonNull).toList();
        if (given.size() > 1) {
            declaration.mistake(at, "generation_kwargs: " + String.join(", ", given) + " mean the same; keep one.");
        }
        String key = given.isEmpty() ? TOKEN_LIMITS.get(0) : given.get(0);
        return declaration.whole(arguments.path(key), at, "generation_kwargs." + key, MOST_NEW_TOKENS, 1);
    }
}
