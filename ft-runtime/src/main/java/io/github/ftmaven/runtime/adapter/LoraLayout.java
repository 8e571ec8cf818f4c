package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Projection;
import io.github.ftmaven.runtime.spec.AdapterSpec;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The adapted modules of a model, by layer and within a layer in the order of {@link Projection}.
 *
 * @param selection selects the modules; its targets are explicit, sorted and distinct
 * @param dora whether each module also trains a magnitude per row (weight-decomposed adaptation, arXiv 2402.09353)
 */
public record LoraLayout(List<LoraModule> modules, LoraSelection selection, boolean dora) {
    /** Copies the list. */
    public LoraLayout {
        modules = List.copyOf(modules);
    }

    /**
     * The layout that a spec declares for a model.
     *
     * @throws InvalidInputException as {@link #of}, or if an exclusion or a pattern matches no adapted module
     */
    public static LoraLayout declared(Architecture architecture, AdapterSpec adapter) {
        try {
            LoraSelection selection = LoraSelection.of(adapter);
            LoraLayout layout = of(architecture, selection);
            for (String name : adapter.modules().exclude()) {
                if (modules(architecture, selection).noneMatch(module -> LoraSelection.names(name, module.path()))) {
                    throw new InvalidInputException("exclude: '" + name + "' is not a linear layer of the decoder.");
                }
            }
            adapter.modules().patterns().forEach(pattern -> {
                if (layout.modules().stream()
                        .noneMatch(module -> LoraSelection.isAbout(pattern.modules(), module.path()))) {
                    throw new InvalidInputException("patterns: '" + pattern.modules()
                            + "' matches no adapted module. It is a regular expression for a whole name such as "
                            + layout.modules().get(0).path() + ", or for its end after a dot.");
                }
            });
            return adapter.method() == Method.DORA ? layout.withMagnitudes() : layout;
        } catch (InvalidInputException e) {
            throw new InvalidInputException("adapter: " + e.getMessage(), e);
        }
    }

    /**
     * Selects modules.
     *
     * @throws InvalidInputException if there is no target, a target selects nothing, a layer does not exist, or a rank
     *     exceeds a selected module's width; the message does not start with a place, because only the caller knows it
     */
    public static LoraLayout of(Architecture architecture, LoraSelection selection) {
        LoraSelection explicit = selection.withTargets(explicit(architecture, selection.targets()));
        checkTargets(architecture, explicit);
        List<LoraModule> modules = modules(architecture, explicit)
                .filter(module -> explicit.selects(module.path(), module.layer()))
                .toList();
        if (modules.isEmpty()) {
            throw new InvalidInputException("no module is left to adapt: all targets are excluded.");
        }
        modules.forEach(LoraLayout::checkRank);
        return new LoraLayout(modules, explicit, false);
    }

    /**
     * The modules that a finished adapter selects in a model, by PEFT's rules: some targets may match nothing, and a
     * rank may exceed a module's width.
     *
     * @throws InvalidInputException if nothing is selected, or layers are combined with a regular expression; the
     *     message does not start with a place
     */
    static LoraLayout found(Architecture architecture, LoraSelection selection) {
        LoraSelection explicit = selection.withTargets(explicit(architecture, selection.targets()));
        checkLayersBesideNames(explicit);
        List<LoraModule> modules = selected(architecture, explicit, LoraModule::path);
        if (modules.isEmpty() && isNested(architecture)) {
            // Before transformers 4.52 the parts of such a model had other names. Writing uses the new ones.
            modules = selected(architecture, explicit, LoraModule::formerPath);
            explicit = explicit.withTargets(new Targets(
                    false, modules.stream().map(LoraModule::path).sorted().toList()));
        }
        if (modules.isEmpty()) {
            checkTargets(architecture, explicit);
            throw new InvalidInputException("no module is left to adapt: all targets are excluded or in other layers.");
        }
        return new LoraLayout(modules, explicit.withTargets(known(explicit.targets(), modules)), false);
    }

    private static List<LoraModule> selected(
            Architecture architecture, LoraSelection selection, Function<LoraModule, String> naming) {
        return modules(architecture, selection, naming)
                .filter(module -> selection.selects(naming.apply(module), module.layer()))
                .toList();
    }

    /** The targets without names that match no module. */
    private static Targets known(Targets targets, List<LoraModule> modules) {
        return targets.regex() != null
                ? targets
                : new Targets(
                        false,
                        targets.modules().stream()
                                .filter(name ->
                                        modules.stream().anyMatch(module -> LoraSelection.names(name, module.path())))
                                .toList());
    }

    /** The same modules with a magnitude beside A and B. */
    public LoraLayout withMagnitudes() {
        return new LoraLayout(modules, selection, true);
    }

    /** The targets in readable form: names, or one regular expression. */
    public List<String> targets() {
        String regex = selection.targets().regex();
        return regex == null ? selection.targets().modules() : List.of(regex);
    }

    /** The number of trained values. */
    public long parameters() {
        return modules.stream()
                .mapToLong(module -> module.parameters() + (dora ? module.out() : 0))
                .sum();
    }

    /** Every linear module of a decoder, with the rank and scale it would get. */
    private static Stream<LoraModule> modules(Architecture architecture, LoraSelection selection) {
        return modules(architecture, selection, LoraModule::path);
    }

    /** The same, under the names that the selection uses. */
    private static Stream<LoraModule> modules(
            Architecture architecture, LoraSelection selection, Function<LoraModule, String> naming) {
        List<LoraModule> modules = new ArrayList<>();
        for (int layer = 0; layer < architecture.dimensions().layers(); layer++) {
            for (Projection projection : Projection.of(architecture)) {
                LoraModule module = new LoraModule(
                        layer,
                        projection,
                        projection.in(architecture),
                        projection.out(architecture),
                        selection.rank(),
                        selection.alpha(),
                        isNested(architecture));
                String path = naming.apply(module);
                modules.add(module.with(selection.rank(path), selection.scale(path)));
            }
        }
        return modules.stream();
    }

    private static boolean isNested(Architecture architecture) {
        return architecture.family().equals("gemma3");
    }

    private static Targets explicit(Architecture architecture, Targets targets) {
        if (targets.allLinear()) {
            return new Targets(false, allLinear(architecture).stream().sorted().toList());
        }
        return targets.regex() == null
                ? new Targets(
                        false, targets.modules().stream().distinct().sorted().toList())
                : targets;
    }

    private static List<String> allLinear(Architecture architecture) {
        return Projection.of(architecture).stream().map(Projection::shortName).toList();
    }

    private static void checkTargets(Architecture architecture, LoraSelection selection) {
        int count = architecture.dimensions().layers();
        for (int layer : selection.layers()) {
            if (layer < 0 || layer >= count) {
                throw new InvalidInputException(
                        "there is no layer " + layer + ": the decoder has layers 0 to " + (count - 1) + ".");
            }
        }
        checkLayersBesideNames(selection);
        String regex = selection.targets().regex();
        if (regex != null) {
            check(
                    architecture,
                    selection,
                    "'" + regex + "' matches no",
                    name -> LoraSelection.matches(selection.targets(), name));
            return;
        }
        if (selection.targets().modules().isEmpty()) {
            throw new InvalidInputException(
                    "there are no targets: name some of " + String.join(", ", allLinear(architecture)) + ".");
        }
        for (String target : selection.targets().modules()) {
            check(
                    architecture,
                    selection,
                    "the target '" + target + "' is not a",
                    name -> LoraSelection.names(target, name));
        }
    }

    private static void checkLayersBesideNames(LoraSelection selection) {
        if (selection.targets().regex() != null && !selection.layers().isEmpty()) {
            throw new InvalidInputException(
                    "layers can only be combined with names: select them in the regular expression.");
        }
    }

    private static void check(
            Architecture architecture, LoraSelection selection, String what, Predicate<String> selects) {
        if (modules(architecture, selection).map(LoraModule::path).noneMatch(selects)) {
            throw new InvalidInputException(what + " linear layer of the decoder, which has "
                    + String.join(", ", allLinear(architecture)) + " in "
                    + architecture.dimensions().layers() + " layers; the first is called "
                    + modules(architecture, selection).findFirst().orElseThrow().path() + ".");
        }
    }

    private static void checkRank(LoraModule module) {
        int width = Math.min(module.in(), module.out());
        if (module.rank() > width) {
            throw new InvalidInputException("the rank " + module.rank() + " is larger than " + module.name()
                    + " is wide (" + width + "): a low-rank update would not be smaller than the weight itself.");
        }
    }
}
