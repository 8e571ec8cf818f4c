package io.github.ftmaven.spark.engine;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.torch.OutOfMemoryException;
import io.github.ftmaven.runtime.worker.ClusterJob;
import io.github.ftmaven.runtime.worker.ClusterServer;
import io.github.ftmaven.spark.bridge.Answer;
import io.github.ftmaven.spark.bridge.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes the tasks of one job after the other in a worker. */
public final class ComputingEngine implements Engine {
    private @Nullable ClusterServer server;

    /** For the class loader of the engine. */
    public ComputingEngine() {}

    @Override
    public Answer open(byte[] job, String gpu) {
        ClusterServer former = server;
        if (former != null) {
            server = null;
            former.close(); // there may be no room for two bases
        }
        try {
            ClusterJob declared = ClusterJob.read(job);
            server = (gpu.isEmpty() ? declared : declared.onGpu(gpu)).open();
            return new Answer(Answer.Kind.DONE, "", List.of());
        } catch (InvalidInputException e) {
            return problem(Answer.Kind.WRONG_INPUT, e);
        } catch (OutOfMemoryException e) {
            return new Answer(
                    Answer.Kind.WRONG_INPUT,
                    "A worker has no memory for the base: " + e.getMessage()
                            + ". Set base.quantization to nf4, or give workers more memory.",
                    List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Answer compute(String name, List<byte[]> shared, byte[] task) {
        try {
            List<byte[]> result =
                    Objects.requireNonNull(server, "open comes first").compute(name, shared, task);
            return new Answer(Answer.Kind.DONE, "", new ArrayList<>(result));
        } catch (OutOfMemoryException e) {
            return problem(Answer.Kind.OUT_OF_MEMORY, e);
        } catch (InvalidInputException e) {
            return problem(Answer.Kind.WRONG_INPUT, e);
        }
    }

    private static Answer problem(Answer.Kind kind, RuntimeException e) {
        return new Answer(kind, String.valueOf(e.getMessage()), List.of());
    }
}
