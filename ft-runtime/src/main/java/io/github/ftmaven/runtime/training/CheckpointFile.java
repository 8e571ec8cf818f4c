package io.github.ftmaven.runtime.training;

import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.decoder.TensorParts;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.SafetensorsFile;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.model.TensorInfo;
import io.github.ftmaven.runtime.torch.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A training's state in one sealed safetensors file, replaced atomically: the trained tensors, the optimizer's state, the
 * best weights so far, and {@link Progress} in the metadata.
 */
final class CheckpointFile {
    private static final String KEY = "key";
    private static final String PROGRESS = "progress";
    private static final String MICRO_BATCH = "microBatchTokens";

    private final Path file;
    private final String key;
    private final int steps;
    private final TensorParts parts;

    /**
     * Describes a checkpoint.
     *
     * @param key identifies everything that the training depends on; a checkpoint with another key is not resumed
     * @param steps how many steps the training has; a checkpoint beyond that is damaged
     * @param parts moves the tensors' values
     */
    CheckpointFile(Path file, String key, int steps, TensorParts parts) {
        this.file = file;
        this.key = key;
        this.steps = steps;
        this.parts = parts;
    }

    /** A restored training state, or a damaged one. */
    sealed interface Found {}

    /**
     * The progress of the training, the most tokens that it computed at once, and its best weights, in parts; the rest is
     * in the tensors.
     */
    record Saved(
            Progress progress,
            int microBatchTokens,
            @Nullable List<List<ByteBuffer>> best) implements Found {}

    /** The checkpoint was damaged, and is kept under another name. */
    record Damaged(Path kept) implements Found {}

    /**
     * Replaces the checkpoint.
     *
     * @param microBatchTokens the most tokens that are computed at once
     * @param best the best weights so far, one for each trained tensor, in parts
     */
    void save(
            Progress progress,
            int microBatchTokens,
            List<Tensor> trained,
            OptimizerState state,
            @Nullable List<List<ByteBuffer>> best)
            throws IOException {
        Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
        tensors(trained, state).forEach((name, tensor) -> tensors.put(name, written(tensor)));
        for (int i = 0; best != null && i < best.size(); i++) {
            List<ByteBuffer> values = best.get(i);
            tensors.put(best(i), new SafetensorsWriter.Tensor(DType.F32, shape(trained.get(i)), sink -> {
                for (ByteBuffer part : values) {
                    sink.write(part);
                }
            }));
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        SafetensorsWriter.writeSealed(
                file,
                tensors,
                Map.of(KEY, key, PROGRESS, progress.json(), MICRO_BATCH, String.valueOf(microBatchTokens)));
    }

    /**
     * Restores a saved state into the tensors. A damaged checkpoint is renamed, and the tensors stay unchanged.
     *
     * @return nothing if there is no checkpoint of this key
     */
    Optional<Found> restore(List<Tensor> trained, OptimizerState state) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Map<String, Tensor> tensors = tensors(trained, state);
        SafetensorsFile saved;
        Optional<Progress> progress;
        int microBatchTokens;
        try {
            saved = SafetensorsFile.open(file, file.toString());
            if (!key.equals(saved.metadata().get(KEY))) {
                return Optional.empty();
            }
            if (!saved.isIntact()) {
                return Optional.of(putAside());
            }
            progress = Progress.read(saved.metadata().getOrDefault(PROGRESS, "null"), steps);
            microBatchTokens =
                    Integer.parseInt(saved.metadata().getOrDefault(MICRO_BATCH, String.valueOf(Integer.MAX_VALUE)));
        } catch (InvalidInputException | NumberFormatException e) {
            return Optional.of(putAside());
        }
        if (progress.isEmpty() || microBatchTokens < 1) {
            return Optional.of(putAside());
        }
        boolean fits = tensors.entrySet().stream().allMatch(entry -> {
            TensorInfo info = saved.tensors().get(entry.getKey());
            return info != null && info.shape().equals(shape(entry.getValue()));
        });
        if (!fits) {
            return Optional.of(putAside());
        }
        tensors.forEach((name, tensor) -> parts.fill(tensor, saved, name));
        ByteBuffer step = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        step.putFloat(0, progress.get().step());
        state.steps().forEach(tensor -> parts.fill(tensor, List.of(step)));
        return Optional.of(new Saved(
                progress.get(), microBatchTokens, saved.tensors().containsKey(best(0)) ? best(saved, trained) : null));
    }

    private Damaged putAside() throws IOException {
        Path kept = file.resolveSibling(Objects.requireNonNull(file.getFileName()) + ".damaged");
        Files.move(file, kept, StandardCopyOption.REPLACE_EXISTING);
        return new Damaged(kept);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static Map<String, Tensor> tensors(List<Tensor> trained, OptimizerState state) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < trained.size(); i++) {
            tensors.put("parameter." + i, trained.get(i));
            tensors.put("first." + i, state.first().get(i));
            tensors.put("second." + i, state.second().get(i));
        }
        return tensors;
    }

    private List<List<ByteBuffer>> best(SafetensorsFile saved, List<Tensor> trained) {
        List<List<ByteBuffer>> best = new ArrayList<>();
        for (int i = 0; i < trained.size(); i++) {
            best.add(parts.copy(saved, best(i)));
        }
        return best;
    }

    private static String best(int i) {
        return "best." + i;
    }

    private SafetensorsWriter.Tensor written(Tensor tensor) {
        return new SafetensorsWriter.Tensor(DType.F32, shape(tensor), parts.content(tensor, DType.F32));
    }

    private static List<Long> shape(Tensor tensor) {
        return Arrays.stream(tensor.shape()).boxed().toList();
    }
}
