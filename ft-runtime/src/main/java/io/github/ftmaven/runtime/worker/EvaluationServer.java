package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.evaluation.LoadedModels;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.generation.BatchJson;
import io.github.ftmaven.runtime.generation.BatchModel;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Holds a base, and what an adapter makes of it, and computes batches for an evaluation that another process leads. */
final class EvaluationServer implements ClusterServer {
    private final Job job;
    private final Torch torch;
    private final DType type;
    private LoadedModels models;
    private BatchModel asked;
    private String name = SentAdapter.NONE;

    private EvaluationServer(Job job, Torch torch, DType type) {
        this.job = job;
        this.torch = torch;
        this.type = type;
        this.models = LoadedModels.open(job, torch, type);
        this.asked = models.base();
    }

    /**
     * Loads the base.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if this machine cannot have it, or has another one
     */
    static EvaluationServer open(ClusterBase declared) throws IOException {
        Path own = Files.createTempDirectory("ft-evaluation");
        try {
            return new EvaluationServer(declared.job(own), declared.torch(), declared.type());
        } finally {
            Directories.delete(own);
        }
    }

    /**
     * Computes a batch.
     *
     * @param model {@link SentAdapter#NONE} for the base alone, or the name of an adapter
     * @param adapter its parts
     */
    @Override
    public List<byte[]> compute(String model, List<byte[]> adapter, byte[] batch) {
        if (!model.equals(name)) {
            turnInto(new SentAdapter(model, adapter));
        }
        return List.of(BatchJson.compute(asked, batch));
    }

    private void turnInto(SentAdapter adapter) {
        if (!name.equals(SentAdapter.NONE)) {
            // An adapter may have been merged into the base.
            models.close();
            models = LoadedModels.open(job, torch, type);
            asked = models.base();
            name = SentAdapter.NONE;
        }
        if (adapter.isNone()) {
            return;
        }
        try {
            Path unpacked = Files.createTempDirectory("ft-adapter");
            try {
                adapter.write(unpacked);
                asked = models.tuned(unpacked);
                name = adapter.name();
            } finally {
                Directories.delete(unpacked);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        models.close();
    }
}
