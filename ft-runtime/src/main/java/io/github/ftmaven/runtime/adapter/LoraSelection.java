package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.python.PythonRegex;
import io.github.ftmaven.runtime.python.RegexCostException;
import io.github.ftmaven.runtime.spec.AdapterSpec;
import io.github.ftmaven.runtime.spec.Scaling;
import io.github.ftmaven.runtime.spec.Targets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which linear modules an adapter changes and how strongly, in the terms of PEFT's {@code LoraConfig}.
 *
 * @param targets a name selects every module with that name or with a name that ends in it after a dot; a regular
 *     expression selects modules by their whole name
 * @param exclude the modules to exclude from the targets, with the same rules
 * @param layers the layers that are adapted, counted from 0; empty for all
 * @param rank inner dimension of every update without a matching pattern
 * @param alpha determines the scale, see {@link #scale}, of every module without a matching pattern
 * @param rankStabilized whether the scale is {@code alpha / sqrt(rank)} (arXiv 2312.03732), not {@code alpha / rank}
 * @param rankPattern different ranks: the first regular expression that matches a name, or its end after a dot, decides
 * @param alphaPattern different alphas, with the same rules
 */
public record LoraSelection(
        Targets targets,
        Targets exclude,
        List<Integer> layers,
        int rank,
        double alpha,
        boolean rankStabilized,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern) {
    private static final Targets NOTHING = new Targets(false, List.of());

    /** Copies the collections; patterns keep their order, which decides. */
    public LoraSelection {
        layers = List.copyOf(layers);
        rankPattern = Collections.unmodifiableMap(new LinkedHashMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new LinkedHashMap<>(alphaPattern));
    }

    /** One rank and one scale of {@code alpha / rank} for all targets. */
    public LoraSelection(Targets targets, int rank, double alpha) {
        this(targets, NOTHING, List.of(), rank, alpha, false, Map.of(), Map.of());
    }

    /**
     * The selection that a spec declares. If all modules have the same rank, the scale is converted to {@code alpha /
     * rank}, which every reader of adapters supports.
     */
    public static LoraSelection of(AdapterSpec adapter) {
        Map<String, Integer> ranks = new LinkedHashMap<>();
        Map<String, Double> alphas = new LinkedHashMap<>();
        adapter.modules().patterns().forEach(pattern -> {
            Optional.ofNullable(pattern.rank()).ifPresent(rank -> ranks.putIfAbsent(pattern.modules(), rank));
            Optional.ofNullable(pattern.alpha()).ifPresent(alpha -> alphas.putIfAbsent(pattern.modules(), alpha));
        });
        boolean stabilized = adapter.lora().scaling() == Scaling.RANK_STABILIZED;
        double factor = stabilized && ranks.isEmpty() ? Math.sqrt(adapter.lora().rank()) : 1;
        alphas.replaceAll((modules, alpha) -> alpha * factor);
        return new LoraSelection(
                adapter.modules().targets(),
                new Targets(false, adapter.modules().exclude()),
                adapter.modules().layers(),
                adapter.lora().rank(),
                adapter.lora().alpha() * factor,
                stabilized && !ranks.isEmpty(),
                ranks,
                alphas);
    }

    /** The same with explicit targets. */
    LoraSelection withTargets(Targets explicit) {
        return new LoraSelection(explicit, exclude, layers, rank, alpha, rankStabilized, rankPattern, alphaPattern);
    }

    /** Whether every module has the same rank and scale. */
    public boolean isUniform() {
        return rankPattern.isEmpty() && alphaPattern.isEmpty();
    }

    /** Whether a module is adapted, by its name and its layer. */
    boolean selects(String name, int layer) {
        return matches(targets, name) && !matches(exclude, name) && (layers.isEmpty() || layers.contains(layer));
    }

    /** The inner dimension of a module's update. */
    int rank(String name) {
        return first(rankPattern, name).orElse(rank);
    }

    /** The factor of the product of B and A in a module. */
    double scale(String name) {
        double own = first(alphaPattern, name).orElse(alpha);
        return rankStabilized ? own / Math.sqrt(rank(name)) : own / rank(name);
    }

    /** Whether targets select a module. */
    static boolean matches(Targets targets, String name) {
        if (targets.regex() != null) {
            return matches(targets.regex(), targets.regex(), regex -> regex.matches(name));
        }
        return targets.modules().stream().anyMatch(target -> names(target, name));
    }

    /** Whether a target's name matches a module. */
    static boolean names(String target, String name) {
        return name.equals(target) || name.endsWith("." + target);
    }

    /** Whether the key of a pattern matches a module. */
    static boolean isAbout(String key, String name) {
        return matches(key, "(.*\\.)?(" + key + ")$", regex -> regex.matchesStart(name));
    }

    /** Whether PEFT finds a decoder's layers by a pattern for the part before their numbers. */
    static boolean meansLayers(String pattern) {
        return Stream.of("model.", "model.language_model.")
                .anyMatch(path -> matches(
                        pattern, ".*\\." + pattern + "\\.(\\d+)\\.", regex -> regex.matchesStart(path + "layers.0.")));
    }

    private static <T> Optional<T> first(Map<String, T> patterns, String name) {
        return patterns.entrySet().stream()
                .filter(pattern -> isAbout(pattern.getKey(), name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Whether a match is found; messages show the original pattern. */
    private static boolean matches(String shown, String source, Predicate<PythonRegex> matches) {
        try {
            return matches.test(PythonRegex.compile(source));
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("'" + shown + "' is not a regular expression: " + e.getMessage() + ".", e);
        } catch (RegexCostException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
