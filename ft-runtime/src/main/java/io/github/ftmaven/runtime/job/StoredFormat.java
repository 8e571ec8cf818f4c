package io.github.ftmaven.runtime.job;

import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.QuantizedTensor;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.model.Weights;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Initialization;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the files of a base hold its linear layers. */
public final class StoredFormat {
    private StoredFormat() {}

    /** The format of the first quantized one; null if none is, or if training does not read the files. */
    public static @Nullable Format of(FineTuneSpec spec, ModelDirectory base) {
        if (spec.base().initialize() == Initialization.RANDOM) {
            return null;
        }
        Weights weights = base.weights();
        WeightLayout layout = WeightLayout.of(base.architecture());
        return layout.names().stream()
                .filter(layout::isLinear)
                .map(weights::quantized)
                .flatMap(Optional::stream)
                .map(QuantizedTensor::format)
                .findFirst()
                .orElse(null);
    }
}
