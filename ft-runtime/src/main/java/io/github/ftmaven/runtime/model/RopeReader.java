package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.Architecture.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads rotary positions: {@code rope_parameters} as transformers 5 writes it, else {@code rope_theta} and {@code
 * rope_scaling}. The rules are those of transformers' {@code modeling_rope_utils.py}, each as factors on the wave
 * lengths.
 */
final class RopeReader {
    private static final Set<String> ALWAYS = Set.of("rope_type", "type", "rope_theta", "partial_rotary_factor");

    private static final Map<String, Set<String>> KEYS = Map.of(
            "default", Set.of(),
            "linear", Set.of("factor"),
            "llama3", Set.of("factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"),
            "yarn",
                    Set.of(
                            "factor",
                            "original_max_position_embeddings",
                            "attention_factor",
                            "beta_fast",
                            "beta_slow",
                            "truncate"),
            "longrope",
                    Set.of(
                            "factor",
                            "original_max_position_embeddings",
                            "attention_factor",
                            "short_factor",
                            "long_factor"));

    private final JsonObjectFile config;
    private final int maxPositions;
    private final int width;
    private String key = "";
    private JsonNode scaling = MissingNode.getInstance();
    private double theta;

    /** @param width how many of a head's values are rotated */
    RopeReader(JsonObjectFile config, int maxPositions, int width) {
        this.config = config;
        this.maxPositions = maxPositions;
        this.width = width;
    }

    /** The share of a head that is rotated. */
    static double partialRotaryFactor(JsonObjectFile config) {
        JsonNode parameter = config.node("rope_parameters").path("partial_rotary_factor");
        double factor = parameter.isNumber() ? parameter.asDouble() : config.positive("partial_rotary_factor", 1);
        if (factor <= 0 || factor > 1) {
            throw config.invalid("partial_rotary_factor", "must be above 0 and at most 1");
        }
        return factor;
    }

    /** The same positions in every layer; a longrope has a second table for long documents. */
    Rope rope(double defaultTheta, int layers) {
        open(null, defaultTheta);
        List<Integer> first = Collections.nCopies(layers, 0);
        if (!type().equals("longrope")) {
            return new Rope(maxPositions, width, List.of(table()), first, Integer.MAX_VALUE);
        }
        int original = config.integer("original_max_position_embeddings", 1, Integer.MAX_VALUE, original(4096));
        double ratio = config.has("original_max_position_embeddings")
                        || !scaling.path("factor").isNumber()
                ? (double) maxPositions / original
                : number("factor", 1);
        double factor = ratio <= 1 ? 1 : Math.sqrt(1 + Math.log(ratio) / Math.log(original));
        factor = number("attention_factor", factor);
        return new Rope(
                maxPositions,
                width,
                List.of(
                        new Table(theta, factor, stretches("short_factor")),
                        new Table(theta, factor, stretches("long_factor"))),
                first,
                original);
    }

    /** The table of one type of layers; without {@code rope_parameters} that of {@code rope_scaling}. */
    Table table(String layerType, double defaultTheta) {
        open(layerType, defaultTheta);
        return table();
    }

    /** The table of one type of layers, which {@code rope_scaling} does not stretch. */
    Table local(String layerType, double defaultTheta) {
        if (config.has("rope_parameters")) {
            return table(layerType, defaultTheta);
        }
        return new Table(defaultTheta, 1, stretch(i -> 1));
    }

    private void open(@Nullable String layerType, double defaultTheta) {
        double old = config.positive("rope_theta", defaultTheta);
        JsonNode older = config.node("rope_scaling");
        boolean newer = config.has("rope_parameters");
        key = newer ? "rope_parameters" : "rope_scaling";
        scaling = newer ? config.node(key) : older;
        if (newer && layerType != null && scaling.path(layerType).isObject()) {
            scaling = scaling.path(layerType);
        }
        if (!scaling.isMissingNode() && !scaling.isObject()) {
            throw config.invalid(key, "must be an object");
        }
        Set<String> known = KEYS.get(type());
        if (known == null) {
            throw config.invalid(key, "supported is: rope_type default, linear, llama3, longrope, yarn");
        }
        for (Map.Entry<String, JsonNode> entry : scaling.properties()) {
            if (!entry.getValue().isNull() && !ALWAYS.contains(entry.getKey()) && !known.contains(entry.getKey())) {
                throw config.invalid(key, "its " + entry.getKey() + " is not known for rope_type " + type());
            }
        }
        theta = scaling.hasNonNull("rope_theta") ? number("rope_theta", 0) : old;
    }

    private String type() {
        JsonNode type = scaling.hasNonNull("rope_type") ? scaling.path("rope_type") : scaling.path("type");
        String name = type.isTextual() ? type.asText() : "default";
        boolean longFactors = scaling.has("long_factor"); // Phi-3 called longrope su, then yarn
        return longFactors && (name.equals("su") || name.equals("yarn")) ? "longrope" : name;
    }

    private Table table() {
        return switch (type()) {
            case "linear" -> {
                double factor = required("factor");
                yield new Table(theta, 1, stretch(i -> factor));
            }
            case "llama3" -> llama3();
            case "yarn" -> yarn();
            case "longrope" -> throw config.invalid(key, "longrope is not supported in this family");
            default -> new Table(theta, 1, stretch(i -> 1));
        };
    }

    private Table llama3() {
        double factor = required("factor");
        double low = required("low_freq_factor");
        double high = required("high_freq_factor");
        double original = required("original_max_position_embeddings");
        return new Table(theta, 1, stretch(i -> {
            double wave = 2 * Math.PI * Math.pow(theta, 2.0 * i / width);
            if (wave > original / low) {
                return factor;
            }
            if (wave < original / high) {
                return 1;
            }
            double smooth = (original / wave - low) / (high - low);
            return 1 / ((1 - smooth) / factor + smooth);
        }));
    }

    private Table yarn() {
        double factor = required("factor");
        double original = original(maxPositions);
        double lowest = correction(number("beta_fast", 32), original);
        double highest = correction(number("beta_slow", 1), original);
        boolean truncate = scaling.path("truncate").asBoolean(true);
        double low = Math.max(truncate ? Math.floor(lowest) : lowest, 0);
        double high = Math.min(truncate ? Math.ceil(highest) : highest, width - 1.0);
        double range = low == high ? 0.001 : high - low;
        double attention = factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
        return new Table(theta, number("attention_factor", attention), stretch(i -> {
            double keep = 1 - Math.min(1, Math.max(0, (i - low) / range));
            return 1 / ((1 - keep) / factor + keep);
        }));
    }

    /** The dimension whose wave turns so many times within the original context. */
    private double correction(double turns, double original) {
        return width * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    private int original(int fallback) {
        return (int) number("original_max_position_embeddings", fallback);
    }

    private List<Double> stretch(IntToDoubleFunction of) {
        List<Double> stretch = new ArrayList<>();
        for (int i = 0; i < width / 2; i++) {
            stretch.add(of.applyAsDouble(i));
        }
        return stretch;
    }

    private List<Double> stretches(String name) {
        List<Double> factors = new ArrayList<>();
        for (JsonNode factor : scaling.path(name)) {
            if (!factor.isNumber() || factor.asDouble() <= 0) {
                throw config.invalid(key, "its " + name + " must be numbers above 0");
            }
            factors.add(factor.asDouble());
        }
        if (factors.size() != width / 2) {
            throw config.invalid(key, "its " + name + " must have " + width / 2 + " numbers, half of what is rotated");
        }
        return factors;
    }

    private double required(String name) {
        if (!scaling.hasNonNull(name)) {
            throw config.invalid(key, "its " + name + " is missing");
        }
        return number(name, 0);
    }

    private double number(String name, double fallback) {
        JsonNode value = scaling.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return fallback;
        }
        if (!value.isNumber() || !Double.isFinite(value.asDouble()) || value.asDouble() <= 0) {
            throw config.invalid(key, "its " + name + " must be a number above 0");
        }
        return value.asDouble();
    }
}
