package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One way to ask the base model, to compare the tuned model with.
 *
 * @param prompt a file with an engineered prompt; null for the bare question
 * @param fewShot how many training examples stand before the question; 0 for none
 * @param select how these examples are chosen
 * @param rag passages retrieved for the question; null for none
 */
public record Baseline(
        @Nullable String prompt,
        int fewShot,
        Select select,
        @Nullable Rag rag) {
    /** The bare question. */
    public static final Baseline ZERO_SHOT = new Baseline(null, 0, Select.RANDOM, null);

    /** The word for {@link #ZERO_SHOT}. */
    static final String WORD = "zero-shot";

    /** The keys of a baseline other than zero-shot. */
    @Alternatives({
        @Alternatives.Group("prompt"),
        @Alternatives.Group("fewShot"),
        @Alternatives.Group("rag"),
        @Alternatives.Group({"prompt", "fewShot"}),
        @Alternatives.Group({"prompt", "rag"}),
        @Alternatives.Group({"fewShot", "rag"}),
        @Alternatives.Group({"prompt", "fewShot", "rag"})
    })
    record Keys(
            @Doc("A file with an engineered prompt, in which {{prompt}} stands for the question.") @Nullable
            String prompt,

            @Doc("How many training examples precede the question.") @Bounds(min = 1) @Nullable
            Integer fewShot,

            @Doc("How to choose these examples: drawn by the seed, the same for every question,"
                    + " or the nearest to the question by BM25.")
            @Nullable
            Select select,

            @Doc("Passages retrieved for the question; they precede it.") @Nullable
            Rag rag) {}

    /** The name of this baseline in scores and reports. */
    public String label() {
        List<String> parts = new ArrayList<>();
        if (prompt != null) {
            parts.add("prompt " + prompt.substring(prompt.lastIndexOf('/') + 1));
        }
        if (fewShot > 0) {
            parts.add("few-shot " + fewShot + (select == Select.NEAREST ? " nearest" : ""));
        }
        if (rag != null) {
            parts.add("rag " + rag.count());
        }
        return parts.isEmpty() ? "base" : String.join(", ", parts);
    }

    static Baseline fromYaml(JsonNode value) {
        return new Baseline(
                value.path("prompt").isTextual() ? value.path("prompt").textValue() : null,
                value.path("fewShot").asInt(0),
                value.path("select").isTextual()
                        ? Select.valueOf(value.path("select").textValue().toUpperCase(Locale.ROOT))
                        : Select.RANDOM,
                value.path("rag").isObject()
                        ? new Rag(
                                SpecWords.texts(value.path("rag").path("passages")),
                                value.path("rag").has("top")
                                        ? value.path("rag").path("top").asInt()
                                        : null)
                        : null);
    }

    Object toYaml() {
        Map<String, Object> keys = new LinkedHashMap<>();
        if (prompt != null) {
            keys.put("prompt", prompt);
        }
        if (fewShot > 0) {
            keys.put("fewShot", fewShot);
        }
        if (select == Select.NEAREST) {
            keys.put("select", SpecWords.word(select));
        }
        if (rag != null) {
            keys.put("rag", rag);
        }
        return keys.isEmpty() ? WORD : keys;
    }
}
