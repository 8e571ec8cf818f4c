package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.GradientCheckpointing;
import io.github.ftmaven.runtime.spec.Initialization;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Offload;
import io.github.ftmaven.runtime.spec.Precision;
import io.github.ftmaven.runtime.spec.Quantization;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The keys of a spec that a service cannot honour. One that the spec sets is an error, never ignored; one that keeps its
 * default is left to the service. Some values ask for nothing special, and are fine everywhere.
 */
final class Refusals {
    /** The value of a key that asks for nothing special. */
    private record Key(String name, Predicate<FineTuneSpec> isHarmless) {}

    private static final List<Key> OF_EVERY_SERVICE = List.of(
            key("base.initialize", spec -> spec.base().initialize() == Initialization.PRETRAINED),
            key("base.quantization", spec -> spec.base().quantization() == Quantization.NONE),
            key("dataset.template", spec -> spec.dataset().rendering().template() == TemplateChoice.AUTO),
            key("dataset.templateArguments", spec -> spec.dataset().rendering().templateArguments() == null),
            key(
                    "dataset.endToken",
                    spec -> spec.dataset().rendering().endToken().equals("auto")),
            key("adapter.method", spec -> spec.adapter().method() == Method.LORA),
            key("adapter.exclude", spec -> spec.adapter().modules().exclude().isEmpty()),
            key("adapter.layers", spec -> spec.adapter().modules().layers().isEmpty()),
            key("adapter.patterns", spec -> spec.adapter().modules().patterns().isEmpty()),
            key("adapter.startFrom", spec -> spec.adapter().startFrom() == null),
            key("training.optimizer", spec -> false),
            key("training.microBatchTokens", spec -> false),
            key(
                    "training.gradientCheckpointing",
                    spec -> spec.training().memory().gradientCheckpointing() == GradientCheckpointing.AUTO),
            key("training.offload", spec -> spec.training().memory().offload() == Offload.AUTO),
            key("training.precision", spec -> spec.training().arithmetic().precision() == Precision.AUTO),
            key("training.deterministic", spec -> !spec.training().arithmetic().deterministic()),
            key("training.validateEvery", spec -> spec.training().validation().validateEvery() == 0),
            key("training.earlyStopping", spec -> spec.training().validation().earlyStopping() == 0),
            key("training.checkpointEvery", spec -> false));

    private final String service;
    private final FineTuneSpec spec;
    private final Set<String> declared;
    private final List<String> problems = new ArrayList<>();

    Refusals(String service, FineTuneSpec spec, Set<String> declared) {
        this.service = service;
        this.spec = spec;
        this.declared = declared;
        OF_EVERY_SERVICE.forEach(key -> refuse(key.name, key.isHarmless));
        double epochs = spec.training().epochs();
        if (epochs != Math.rint(epochs)) {
            add("training.epochs is " + epochs + ", but " + service + " trains for whole epochs. Round it");
        }
    }

    private static Key key(String name, Predicate<FineTuneSpec> isHarmless) {
        return new Key(name, isHarmless);
    }

    /** Refuses a key that the spec sets, unless its value asks for nothing special. */
    void refuse(String key, Predicate<FineTuneSpec> isHarmless) {
        if (declared.contains(key) && !isHarmless.test(spec)) {
            add(key + ": " + service + " cannot honour it. Remove the key, or train with another training.runner");
        }
    }

    /** Adds a problem of another kind, without its full stop. */
    void add(String problem) {
        problems.add(problem + ".");
    }

    /**
     * Ends the build if there is a problem.
     *
     * @throws InvalidInputException with all of them, one a line
     */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
    }
}
