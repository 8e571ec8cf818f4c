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

/**
 * Reads rotary positions: {@code rope_scaling} and {@code rope_theta} or, where there is no {@code rope_scaling}, {@code
 * rope_parameters} as transformers 5 writes it. The rules are those of transformers' {@code modeling_rope_utils.py}, each
 * as factors on the wave lengths.
 */
final class RopeReader {
    private static final List<String> LAYER_TYPES = List.of("full_attention", "sliding_attention");

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
                            "finetuned", // of the paper's own code: stretches also within the original context
                            "mscale",
                            "mscale_all_dim",
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
        double factor = config.positive("partial_rotary_factor", 1);
        JsonNode parameter = config.node("rope_parameters").path("partial_rotary_factor");
        if (parameter.isNumber()) {
            factor = parameter.asDouble();
        }
        if (factor <= 0 || factor > 1) {
            throw config.invalid("partial_rotary_factor", "must be above 0 and at most 1");
        }
        return factor;
    }

    /**
     * The same positions in every layer; a longrope has a second table for long documents.
     *
     * @param defaultOriginal the context before a longrope stretched it, if nothing tells
     */
    Rope rope(double defaultTheta, int layers, int defaultOriginal) {
        JsonNode scaling = config.node("rope_scaling");
        boolean older = !scaling.isEmpty();
        open(older ? "rope_scaling" : "rope_parameters", older ? scaling : config.node("rope_parameters"));
        readTheta("rope_theta", defaultTheta);
        List<Integer> first = Collections.nCopies(layers, 0);
        if (!type().equals("longrope")) {
            return new Rope(maxPositions, width, List.of(table()), first, Integer.MAX_VALUE);
        }
        int original =
                config.integer("original_max_position_embeddings", 1, Integer.MAX_VALUE, original(defaultOriginal));
        double ratio = (double) maxPositions / original;
        if (number("factor", ratio) != ratio) {
            throw config.invalid(
                    key,
                    "its factor is not max_position_embeddings / original_max_position_embeddings, " + ratio
                            + ", and versions of transformers read one or the other");
        }
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

    /**
     * The table of one type of layers, which {@code rope_scaling} stretches.
     *
     * @param thetaKey the key that has the theta where {@code rope_parameters} does not
     */
    Table stretched(String layerType, String thetaKey, double defaultTheta) {
        JsonNode older = config.node("rope_scaling");
        if (older.isEmpty()) {
            return plain(layerType, thetaKey, defaultTheta);
        }
        open("rope_scaling", older);
        readTheta(thetaKey, defaultTheta);
        return table();
    }

    /** The table of one type of layers, which {@code rope_scaling} does not stretch. */
    Table plain(String layerType, String thetaKey, double defaultTheta) {
        JsonNode parameters = config.node("rope_parameters");
        for (Map.Entry<String, JsonNode> entry : parameters.properties()) {
            if (!LAYER_TYPES.contains(entry.getKey())) {
                throw config.invalid(
                        "rope_parameters", "it must have an object for each of " + LAYER_TYPES + " and nothing else");
            }
        }
        open("rope_parameters", parameters.path(layerType));
        readTheta(thetaKey, defaultTheta);
        return table();
    }

    private void open(String name, JsonNode value) {
        key = name;
        scaling = value.isNull() ? MissingNode.getInstance() : value;
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
    }

    private void readTheta(String thetaKey, double defaultTheta) {
        double beside = config.positive(thetaKey, defaultTheta);
        if (!scaling.hasNonNull("rope_theta") && config.isNull(thetaKey)) {
            throw config.invalid(thetaKey, "must be a number above 0");
        }
        theta = number("rope_theta", beside);
    }

    private String type() {
        String newer = type("rope_type");
        String older = type("type");
        if (!newer.isEmpty() && !older.isEmpty() && !newer.equals(older)) {
            throw config.invalid(key, "its type and its rope_type are not the same");
        }
        String name = newer.isEmpty() ? older : newer;
        return name.isEmpty() ? "default" : name;
    }

    private String type(String name) {
        String type = scaling.path(name).asText();
        boolean longFactors = scaling.has("long_factor"); // Phi-3 called longrope su, then yarn
        return longFactors && (type.equals("su") || type.equals("yarn")) ? "longrope" : type;
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
        double attention = scaling.hasNonNull("mscale") && scaling.hasNonNull("mscale_all_dim")
                ? magnitude(factor, number("mscale", 1)) / magnitude(factor, number("mscale_all_dim", 1))
                : magnitude(factor, 1);
        return new Table(theta, number("attention_factor", attention), stretch(i -> {
            double keep = 1 - Math.min(1, Math.max(0, (i - low) / range));
            return 1 / ((1 - keep) / factor + keep);
        }));
    }

    private static double magnitude(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
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
