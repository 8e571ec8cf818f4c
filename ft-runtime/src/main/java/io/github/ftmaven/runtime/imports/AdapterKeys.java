package io.github.ftmaven.runtime.imports;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Carries an adapter's shape over. */
final class AdapterKeys {
    private static final List<String> ALL = List.of("all", "all-linear");
    /** A comment on a full fine-tune of a quantized model. */
    static final String UNQUANTIZED = "quantized weights cannot be trained, so they are not quantized here";

    private static final String TARGETS = "adapter.targets";

    private final ForeignConfig config;
    private final SpecDraft draft;
    private final String program;

    AdapterKeys(ForeignConfig config, SpecDraft draft, String program) {
        this.config = config;
        this.draft = draft;
        this.program = program;
    }

    /** Sets the method: DoRA where a switch says so. */
    void method(String doraKey, String rankStabilizedKey) {
        draft.put("adapter.method", config.isOn(doraKey) ? "dora" : "lora");
        if (config.isOn(rankStabilizedKey)) {
            draft.put("adapter.scaling", "rank-stabilized");
        }
    }

    /** Sets rank, alpha and dropout, by default those of the program; its alpha may follow from the rank. */
    void shape(
            String rankKey,
            double rank,
            String alphaKey,
            DoubleUnaryOperator alpha,
            String dropoutKey,
            double dropout) {
        TrainerKeys keys = new TrainerKeys(config, draft, program);
        keys.number(rankKey, "adapter.rank", rank);
        Double given = config.number(rankKey);
        keys.number(alphaKey, "adapter.alpha", alpha.applyAsDouble(given == null ? rank : given));
        keys.number(dropoutKey, "adapter.dropout", dropout);
    }

    /**
     * Sets the adapted modules.
     *
     * @param key a list, or a text: names divided by commas, a regular expression, or a word for all
     */
    void targets(String key) {
        JsonNode value = config.take(key);
        List<String> names = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(name -> names.add(name.asText()));
        } else if (value.isTextual()) {
            names.addAll(List.of(value.asText().strip().split("\\s*,\\s*")));
        }
        if (names.isEmpty()) {
            return;
        }
        if (names.stream().anyMatch(ALL::contains)) {
            draft.put(TARGETS, "all-linear");
            return;
        }
        List<String> known =
                names.stream().filter(Targets.MODULES::contains).distinct().toList();
        List<String> others =
                names.stream().filter(name -> !Targets.MODULES.contains(name)).toList();
        if (others.isEmpty()) {
            draft.put(TARGETS, known);
        } else if (known.isEmpty() && names.size() == 1 && isRegex(names.get(0))) {
            draft.put(TARGETS, names.get(0), "a regular expression for whole names, as in " + draft.source());
        } else if (known.isEmpty()) {
            draft.put(
                    TARGETS,
                    "all-linear",
                    String.join(", ", others) + " in " + draft.source() + "; the families here have no such layers");
        } else {
            draft.put(TARGETS, known, "without " + String.join(", ", others) + ", which cannot be adapted here");
        }
    }

    private static boolean isRegex(String name) {
        return name.matches(".*[\\\\*+?|()\\[\\]^$].*");
    }

    /** Sets how frozen weights are stored. */
    void quantization(int bits) {
        if (bits == 4) {
            draft.put("base.quantization", "nf4");
        } else if (bits == 8) {
            draft.put("base.quantization", "int8");
        }
    }
}
