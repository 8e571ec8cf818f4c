package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Projection;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The adapted modules of a model, layer by layer and in each layer in the order of {@link Projection}.
 *
 * @param targets what selects them, as {@code target_modules} of an adapter's configuration says it: sorted, distinct
 * @param dora whether each module has a trained magnitude of its rows too (weight-decomposed adaptation, arXiv 2402.09353)
 */
public record LoraLayout(List<LoraModule> modules, List<String> targets, int rank, boolean dora) {
    /** Copies the lists. */
    public LoraLayout {
        modules = List.copyOf(modules);
        targets = List.copyOf(targets);
    }

    /**
     * Selects modules. A name selects every module it equals, or whose name ends in it after a dot: {@code q_proj},
     * {@code mlp.up_proj}, {@code model.layers.0.self_attn.q_proj}.
     *
     * @param rank inner dimension, at least 1
     * @throws InvalidInputException if there is no name, a name selects nothing, or the rank exceeds a selected module's width; the
     *     message has no place in front: the caller knows whose targets these are
     */
    public static LoraLayout of(Architecture architecture, Targets targets, int rank) {
        List<String> names = targets.allLinear() ? allLinear(architecture) : targets.modules();
        if (names.isEmpty()) {
            throw new InvalidInputException(
                    "no targets: name some of " + String.join(", ", allLinear(architecture)) + ".");
        }
        List<LoraModule> modules = new ArrayList<>();
        for (int layer = 0; layer < architecture.dimensions().layers(); layer++) {
            for (Projection projection : Projection.of(architecture)) {
                LoraModule module = new LoraModule(
                        layer,
                        projection,
                        projection.in(architecture),
                        projection.out(architecture),
                        rank,
                        architecture.family().equals("gemma3"));
                if (names.stream().anyMatch(name -> selects(name, module))) {
                    checkRank(module);
                    modules.add(module);
                }
            }
        }
        for (String name : names) {
            if (modules.stream().noneMatch(module -> selects(name, module))) {
                throw new InvalidInputException("the target '" + name
                        + "' names no linear layer of the decoder, which has "
                        + String.join(", ", allLinear(architecture)) + " in "
                        + architecture.dimensions().layers() + " layers.");
            }
        }
        return new LoraLayout(modules, names.stream().distinct().sorted().toList(), rank, false);
    }

    /** The same modules with a magnitude beside A and B. */
    public LoraLayout withMagnitudes() {
        return new LoraLayout(modules, targets, rank, true);
    }

    /** The number of trained values. */
    public long parameters() {
        return modules.stream()
                .mapToLong(module -> module.parameters() + (dora ? module.out() : 0))
                .sum();
    }

    private static List<String> allLinear(Architecture architecture) {
        return Projection.of(architecture).stream().map(Projection::shortName).collect(Collectors.toList());
    }

    private static boolean selects(String name, LoraModule module) {
        return module.name().equals(name) || module.name().endsWith("." + name);
    }

    private static void checkRank(LoraModule module) {
        int width = Math.min(module.in(), module.out());
        if (module.rank() > width) {
            throw new InvalidInputException("the rank " + module.rank() + " is larger than " + module.name()
                    + " is wide (" + width + "): a low-rank update would be no smaller than the weight itself.");
        }
    }
}
