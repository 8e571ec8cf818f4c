package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.job.DeclaredLayout;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.torch.Arena;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The adapter to continue from: {@code adapter.startFrom}. */
final class StartAdapter {
    private StartAdapter() {}

    /**
     * Loads the adapter. It keeps its own rank, scale and targets; the dropout comes from the spec.
     *
     * @param type what the training computes in
     * @throws InvalidInputException if it is missing or damaged, does not fit the base model, or has another method
     *     or precision than the training
     */
    static LoraTensors load(Job job, Arena arena, DType type) throws IOException {
        return DeclaredLayout.start(job, (directory, display) -> load(job, arena, type, directory, display));
    }

    private static LoraTensors load(Job job, Arena arena, DType type, Path directory, String display) {
        PeftAdapter adapter = PeftAdapter.read(directory, display, job.base().architecture());
        boolean dora = job.spec().adapter().method() == Method.DORA;
        if (adapter.layout().dora() != dora) {
            throw new InvalidInputException(display + ": is "
                    + (dora
                            ? "not a DoRA adapter: write adapter.method: lora."
                            : "a DoRA adapter: write adapter.method: dora."));
        }
        // One that PEFT trained does not say in which precision.
        if (adapter.precision() == DType.BF16 || Files.exists(directory.resolve("provenance.json"))) {
            requirePrecision(adapter.precision(), type, display);
        }
        return LoraTensors.of(
                arena,
                adapter.layout(),
                job.spec().adapter().lora().dropout(),
                module -> Objects.requireNonNull(adapter.weights().get(module)));
    }

    /** Beside weights that are rounded differently, an adapter computes something else. */
    static void requirePrecision(DType own, DType wanted, String display) {
        if (own != wanted) {
            String word = UsedPrecision.word(own);
            throw new InvalidInputException(display + ": was trained in " + word + ", but this training computes in "
                    + UsedPrecision.word(wanted) + ". Write training.precision: " + word + ".");
        }
    }
}
