package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.model.Architecture.Rope;
import io.github.ftmaven.runtime.model.Architecture.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Reads rotary positions: {@code rope_scaling} and {@code rope_theta} or, without {@code rope_scaling}, {@code
 * rope_parameters} as transformers 5 writes it. The rules come from {@code modeling_rope_utils.py} in transformers,
 * each expressed as factors of the wave lengths.
 */
final class RopeReader {
    private static final String ORIGINAL = "original_max_position_embeddings";

    private final JsonObjectFile config;
    private final int maxPositions;
    private final int width;

    /** @param width how many of a head's values are rotated */
    RopeReader(JsonObjectFile config, int maxPositions, int width) {
        this.config = config;
        this.maxPositions = maxPositions;
        this.width = width;
    }

    /** The share of a head that is rotated. */
    static double partialRotaryFactor(JsonObjectFile config) {
        double beside = config.positive("partial_rotary_factor", 1);
        double factor = scaling(config).positive("partial_rotary_factor", beside);
        if (factor > 1) {
            throw config.invalid("partial_rotary_factor", "must be above 0 and at most 1");
        }
        return factor;
    }

    /** If both are present, transformers reads {@code rope_scaling}. */
    private static JsonObjectFile scaling(JsonObjectFile config) {
        JsonObjectFile older = config.sectionOrEmpty("rope_scaling");
        config.node("rope_parameters");
        return older.keys().isEmpty() ? config.sectionOrEmpty("rope_parameters") : older;
    }

    /**
     * The same positions in every layer; a longrope has a second table for long documents.
     *
     * @param defaultOriginal the context that longrope stretches if the outer key is absent; 0 for the value in the
     *     object, else the whole context
     */
    Rope rope(double defaultTheta, int layers, int defaultOriginal) {
        JsonObjectFile scaling = scaling(config);
        double theta = theta(scaling, "rope_theta", defaultTheta);
        List<Integer> first = Collections.nCopies(layers, 0);
        if (!type(scaling).equals("longrope")) {
            return new Rope(maxPositions, width, List.of(table(scaling, theta)), first, Integer.MAX_VALUE);
        }
        int original = longropeOriginal(scaling, defaultOriginal);
        double ratio = (double) maxPositions / original;
        if (scaling.positive("factor", ratio) != ratio) {
            throw scaling.invalid(
                    "factor",
                    "max_position_embeddings / original_max_position_embeddings is " + ratio
                            + "; both must agree, because versions of transformers differ in which one they read");
        }
        double factor = ratio <= 1 ? 1 : Math.sqrt(1 + Math.log(ratio) / Math.log(original));
        factor = scaling.positive("attention_factor", factor);
        return new Rope(
                maxPositions,
                width,
                List.of(
                        new Table(theta, factor, stretches(scaling, "short_factor")),
                        new Table(theta, factor, stretches(scaling, "long_factor"))),
                first,
                original);
    }

    /** A key beside the object takes precedence over the key in it. */
    private int longropeOriginal(JsonObjectFile scaling, int defaultOriginal) {
        int within = original(scaling, defaultOriginal > 0 ? defaultOriginal : maxPositions);
        int original = config.integer(ORIGINAL, 1, Integer.MAX_VALUE, defaultOriginal > 0 ? defaultOriginal : within);
        if (scaling.has(ORIGINAL) && within != original) {
            throw scaling.invalid(ORIGINAL, "the key beside it is " + original + "; both must agree");
        }
        return original;
    }

    /**
     * The table of one type of layers, which {@code rope_scaling} stretches.
     *
     * @param thetaKey the key of theta if {@code rope_parameters} does not have it
     */
    Table stretched(String layerType, String thetaKey, double defaultTheta) {
        JsonObjectFile older = config.sectionOrEmpty("rope_scaling");
        if (older.keys().isEmpty()) {
            return plain(layerType, thetaKey, defaultTheta);
        }
        if (!older.has("rope_type")) {
            throw older.invalid("rope_type", "transformers ignores this key if layers differ");
        }
        return table(older, theta(older, thetaKey, defaultTheta));
    }

    /** The table of one type of layers, which {@code rope_scaling} does not stretch. */
    Table plain(String layerType, String thetaKey, double defaultTheta) {
        JsonObjectFile scaling = config.sectionOrEmpty("rope_parameters").sectionOrEmpty(layerType);
        return table(scaling, theta(scaling, thetaKey, defaultTheta));
    }

    private double theta(JsonObjectFile scaling, String thetaKey, double defaultTheta) {
        double beside = config.positive(thetaKey, defaultTheta);
        if (!scaling.has("rope_theta") && config.isNull(thetaKey)) {
            throw config.invalid(thetaKey, "must be a number above 0");
        }
        return scaling.positive("rope_theta", beside);
    }

    private static String type(JsonObjectFile scaling) {
        String newer = type(scaling, "rope_type");
        String older = type(scaling, "type");
        if (!newer.isEmpty() && !older.isEmpty() && !newer.equals(older)) {
            throw scaling.invalid("type", "rope_type is " + newer + "; both must agree");
        }
        String name = newer.isEmpty() ? older : newer;
        return name.isEmpty() ? "default" : name;
    }

    private static String type(JsonObjectFile scaling, String key) {
        String type = scaling.text(key, "");
        boolean longFactors = scaling.has("long_factor"); // Phi-3 called longrope su, then yarn
        return longFactors && (type.equals("su") || type.equals("yarn")) ? "longrope" : type;
    }

    private Table table(JsonObjectFile scaling, double theta) {
        return switch (type(scaling)) {
            case "default" -> new Table(theta, 1, stretch(i -> 1));
            case "linear" -> {
                double factor = required(scaling, "factor");
                yield new Table(theta, 1, stretch(i -> factor));
            }
            case "llama3" -> llama3(scaling, theta);
            case "yarn" -> yarn(scaling, theta);
            default ->
                throw scaling.invalid(
                        scaling.has("rope_type") ? "rope_type" : "type",
                        "supported values are: default, linear, llama3, yarn, and in families with one kind of layers longrope");
        };
    }

    private Table llama3(JsonObjectFile scaling, double theta) {
        double factor = required(scaling, "factor");
        double low = required(scaling, "low_freq_factor");
        double high = required(scaling, "high_freq_factor");
        double original = required(scaling, ORIGINAL);
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

    private Table yarn(JsonObjectFile scaling, double theta) {
        double factor = required(scaling, "factor");
        double original = original(scaling, maxPositions);
        double lowest = correction(scaling.positive("beta_fast", 32), original, theta);
        double highest = correction(scaling.positive("beta_slow", 1), original, theta);
        boolean truncate = scaling.flag("truncate", true);
        double low = Math.max(truncate ? Math.floor(lowest) : lowest, 0);
        double high = Math.min(truncate ? Math.ceil(highest) : highest, width - 1.0);
        double range = low == high ? 0.001 : high - low;
        double above = scaling.positive("mscale", 1);
        double below = scaling.positive("mscale_all_dim", 1);
        double attention = scaling.has("mscale") && scaling.has("mscale_all_dim")
                ? magnitude(factor, above) / magnitude(factor, below)
                : magnitude(factor, 1);
        scaling.node("finetuned"); // the paper's code applies it only within the original context, transformers always
        return new Table(theta, scaling.positive("attention_factor", attention), stretch(i -> {
            double keep = 1 - Math.min(1, Math.max(0, (i - low) / range));
            return 1 / ((1 - keep) / factor + keep);
        }));
    }

    private static double magnitude(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    /** The dimension whose wave makes this many turns within the original context. */
    private double correction(double turns, double original, double theta) {
        return width * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    private static int original(JsonObjectFile scaling, int fallback) {
        return scaling.integer(ORIGINAL, 1, Integer.MAX_VALUE, fallback);
    }

    private List<Double> stretch(IntToDoubleFunction of) {
        List<Double> stretch = new ArrayList<>();
        for (int i = 0; i < width / 2; i++) {
            stretch.add(of.applyAsDouble(i));
        }
        return stretch;
    }

    private List<Double> stretches(JsonObjectFile scaling, String name) {
        List<Double> factors = new ArrayList<>();
        for (JsonNode factor : scaling.node(name)) {
            if (!factor.isNumber() || factor.asDouble() <= 0) {
                throw scaling.invalid(name, "must be numbers above 0");
            }
            factors.add(factor.asDouble());
        }
        if (factors.size() != width / 2) {
            throw scaling.invalid(name, "must have " + width / 2 + " numbers, half of the rotated width");
        }
        return factors;
    }

    private static double required(JsonObjectFile scaling, String name) {
        if (!scaling.has(name)) {
            throw scaling.invalid(name, "rope_type " + type(scaling) + " requires it");
        }
        return scaling.positive(name, 0);
    }
}
