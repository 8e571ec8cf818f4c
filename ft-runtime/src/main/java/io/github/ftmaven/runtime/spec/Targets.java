package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The adapted modules: all linear layers of the decoder, the modules whose name ends in one of {@code modules}, or the
 * modules whose whole name {@code regex} matches.
 */
public record Targets(
        boolean allLinear, List<String> modules, @Nullable String regex) {
    /** The word for all of {@link #MODULES}. */
    static final String ALL_LINEAR = "all-linear";

    /** The names of the linear layers of a decoder, as adapters and {@code model.safetensors} spell them. */
    public static final List<String> MODULES = List.of(
            "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj", "qkv_proj", "gate_up_proj");

    public Targets {
        modules = List.copyOf(modules);
    }

    /** All linear layers, or the modules with these names. */
    public Targets(boolean allLinear, List<String> modules) {
        this(allLinear, modules, null);
    }

    /** The modules whose whole name a regular expression matches. */
    public static Targets matching(String regex) {
        return new Targets(false, List.of(), regex);
    }

    static Targets fromYaml(JsonNode value) {
        if (!value.isTextual()) {
            return new Targets(false, SpecWords.texts(value));
        }
        return value.textValue().equals(ALL_LINEAR) ? new Targets(true, List.of()) : matching(value.textValue());
    }

    Object toYaml() {
        return allLinear ? ALL_LINEAR : regex == null ? modules : regex;
    }
}
