package io.github.ftmaven.runtime.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.decoder.OptimizerState;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.SafetensorsFile;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.torch.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A training's state in one safetensors file, replaced atomically: the trained tensors, the optimizer's state, the best
 * weights so far, and {@link Progress} in the metadata.
 */
final class CheckpointFile {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String KEY = "key";
    private static final String PROGRESS = "progress";

    private final Path file;
    private final String key;

    /**
     * Names a checkpoint.
     *
     * @param key identifies all that the training depends on; a checkpoint with another key is not gone on with
     */
    CheckpointFile(Path file, String key) {
        this.file = file;
        this.key = key;
    }

    void save(Progress progress, List<Tensor> trained, OptimizerState state, @Nullable List<float[]> best)
            throws IOException {
        Map<String, SafetensorsWriter.Tensor> tensors = new LinkedHashMap<>();
        for (int i = 0; i < trained.size(); i++) {
            put(tensors, "parameter." + i, trained.get(i));
            put(tensors, "first." + i, state.first().get(i));
            put(tensors, "second." + i, state.second().get(i));
            if (best != null) {
                float[] values = best.get(i);
                tensors.put(
                        "best." + i,
                        new SafetensorsWriter.Tensor(
                                DType.F32, List.of((long) values.length), () -> littleEndian(values)));
            }
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        SafetensorsWriter.write(file, tensors, Map.of(KEY, key, PROGRESS, MAPPER.writeValueAsString(progress)));
    }

    /**
     * Puts a saved state into the tensors.
     *
     * @return how far the saved training was and its best weights, or nothing if there is no checkpoint of this key
     */
    Optional<Saved> restore(List<Tensor> trained, OptimizerState state) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            SafetensorsFile saved = SafetensorsFile.open(file, file.toString());
            if (!key.equals(saved.metadata().get(KEY))) {
                return Optional.empty();
            }
            Progress progress = MAPPER.readValue(saved.metadata().get(PROGRESS), Progress.class);
            for (int i = 0; i < trained.size(); i++) {
                set(saved, "parameter." + i, trained.get(i));
                set(saved, "first." + i, state.first().get(i));
                set(saved, "second." + i, state.second().get(i));
                state.steps().get(i).set(FloatBuffer.wrap(new float[] {progress.step()}));
            }
            boolean hasBest = saved.tensors().containsKey("best.0");
            return Optional.of(new Saved(
                    progress,
                    hasBest
                            ? IntStream.range(0, trained.size())
                                    .mapToObj(i -> floats(saved, "best." + i))
                                    .toList()
                            : null));
        } catch (InvalidInputException | JsonProcessingException e) {
            throw new InvalidInputException(
                    file + ": the checkpoint is damaged (" + e.getMessage() + "). Delete it to train from the start.",
                    e);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** A restored training. */
    record Saved(Progress progress, @Nullable List<float[]> best) {}

    private static void put(Map<String, SafetensorsWriter.Tensor> tensors, String name, Tensor tensor) {
        List<Long> shape = Arrays.stream(tensor.shape()).boxed().toList();
        tensors.put(name, new SafetensorsWriter.Tensor(DType.F32, shape, () -> littleEndian(tensor.toFloats())));
    }

    private static void set(SafetensorsFile saved, String name, Tensor tensor) {
        tensor.set(FloatBuffer.wrap(floats(saved, name)));
    }

    private static float[] floats(SafetensorsFile saved, String name) {
        ByteBuffer bytes = saved.bytes(name);
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static ByteBuffer littleEndian(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes;
    }
}
