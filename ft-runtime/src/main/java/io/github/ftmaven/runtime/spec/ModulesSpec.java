package io.github.ftmaven.runtime.spec;

import java.util.List;

/** Which modules of the base get an adapter. */
public record ModulesSpec(
        @Doc("The adapted modules: all linear layers of the decoder, a list of names, or a regular expression for whole"
                + " names.")
        Targets targets,

        @Doc("Names of modules to exclude from the targets.") @MayBeEmpty
        List<String> exclude,

        @Doc("The adapted layers, counted from 0. An empty list means all.") @Bounds(min = 0) @MayBeEmpty
        List<Integer> layers,

        @Doc("Different ranks or alphas for some modules; the first match decides.") @MayBeEmpty
        List<ModulePattern> patterns) {

    public ModulesSpec {
        exclude = List.copyOf(exclude);
        layers = List.copyOf(layers);
        patterns = List.copyOf(patterns);
    }
}
