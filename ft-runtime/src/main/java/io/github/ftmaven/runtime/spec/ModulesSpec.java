package io.github.ftmaven.runtime.spec;

import java.util.List;

/** Which modules of the base get an adapter. */
public record ModulesSpec(
        @Doc("The adapted modules: all linear layers of the decoder, those named, or those whose whole name matches a"
                + " regular expression.")
        Targets targets,

        @Doc("Names of modules to leave out of the targets.") @MayBeEmpty
        List<String> exclude,

        @Doc("The adapted layers, counted from 0; all when empty.") @Bounds(min = 0) @MayBeEmpty
        List<Integer> layers,

        @Doc("Other ranks and alphas for some modules; the first match decides.") @MayBeEmpty
        List<ModulePattern> patterns) {

    public ModulesSpec {
        exclude = List.copyOf(exclude);
        layers = List.copyOf(layers);
        patterns = List.copyOf(patterns);
    }
}
