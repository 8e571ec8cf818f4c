package io.github.ftmaven.runtime.delivery;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.job.DeclaredLayout;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.FiniteWeights;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Whether weights that were trained elsewhere are those that a spec asks for. */
public final class DeliveredWeights {
    private static final double ROUNDING = 1e-6;

    private DeliveredWeights() {}

    /**
     * Checks the names and shapes of all tensors, that every number is finite, and that the spec and its base ask for
     * this adapter.
     *
     * @param directory the adapter, or the model where every weight is trained
     * @param display the directory as messages name it
     * @param precision what the training should have computed in
     * @throws InvalidInputException if not
     */
    public static void verify(Path directory, String display, Job job, DType precision) throws IOException {
        LoraLayout wanted = DeclaredLayout.of(job);
        if (wanted == null) {
            verifyModel(directory, display, job);
            return;
        }
        PeftAdapter adapter = PeftAdapter.read(directory, display, job.base().architecture());
        requireAsked(adapter.layout(), display, wanted);
        if (adapter.precision() != precision) {
            throw bad(
                    display,
                    "was trained in " + UsedPrecision.word(adapter.precision()) + ", but this build asked for "
                            + UsedPrecision.word(precision) + ". Write it in training.precision");
        }
    }

    /**
     * Compares the method, the modules, and their ranks and scales.
     *
     * @param found in the adapter
     * @param display the adapter as messages name it
     * @param wanted what the spec and its base ask for
     * @throws InvalidInputException if they differ
     */
    public static void requireAsked(LoraLayout found, String display, LoraLayout wanted) {
        if (found.dora() != wanted.dora()) {
            throw bad(display, "is " + method(found) + ", but the spec asks for " + method(wanted));
        }
        List<LoraModule> modules = found.modules();
        for (LoraModule module : wanted.modules()) {
            LoraModule same = modules.stream()
                    .filter(each -> each.path().equals(module.path()))
                    .findFirst()
                    .orElseThrow(() -> bad(display, "does not adapt " + module.path() + ", which the spec selects"));
            if (same.rank() != module.rank() || Math.abs(same.scale() - module.scale()) > ROUNDING * module.scale()) {
                throw bad(
                        display,
                        module.path() + " has rank " + same.rank() + " and scale " + same.scale()
                                + ", but the spec asks for rank " + module.rank() + " and scale " + module.scale());
            }
        }
        if (modules.size() != wanted.modules().size()) {
            throw bad(
                    display,
                    "adapts " + modules.size() + " modules, but the spec selects "
                            + wanted.modules().size());
        }
    }

    private static void verifyModel(Path directory, String display, Job job) {
        ModelDirectory model =
                ModelDirectory.open(directory, display, job.spec().base().ignoreKeys());
        Weights weights = model.weights();
        WeightLayout.of(job.base().architecture()).check(weights, display);
        FiniteWeights.check(weights);
    }

    private static String method(LoraLayout layout) {
        return layout.dora() ? "a DoRA adapter" : "a LoRA adapter";
    }

    private static InvalidInputException bad(String display, String problem) {
        return new InvalidInputException(display + ": " + problem + ".");
    }
}
