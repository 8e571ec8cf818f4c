package io.github.ftmaven.runtime.export;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.LoraWeights;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Floats;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TensorInfo;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.model.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a model with an adapter merged in, like PEFT's {@code merge_and_unload}: {@code W + s B A}, for DoRA
 * with each row scaled to its magnitude. It computes in float32 with every sum in the order of the rank, so the same
 * files give the same values on every machine. Only a few rows are in memory at a time.
 */
public final class MergedWeights {
    private static final int SLICE = 1 << 20;

    private final ModelDirectory model;
    private final Weights weights;
    private final WeightLayout layout;
    private final Map<String, LoraModule> modules = new HashMap<>();
    private final @Nullable PeftAdapter adapter;

    /**
     * Opens the weights of a model.
     *
     * @param adapter null for the unchanged model
     * @throws InvalidInputException if they are damaged, quantized, or only part of a larger model
     */
    public MergedWeights(ModelDirectory model, @Nullable PeftAdapter adapter) {
        this.model = model;
        this.adapter = adapter;
        check(model);
        weights = model.weights();
        layout = WeightLayout.of(model.architecture());
        for (String name : layout.names()) {
            if (weights.quantized(name).isPresent()) {
                throw new InvalidInputException(weights.file(name) + ": the tensor " + name
                        + " is quantized, but an adapter can only be merged into the original weights.");
            }
        }
        if (adapter != null) {
            adapter.layout().modules().forEach(module -> modules.put(module.name() + ".weight", module));
        }
    }

    /**
     * Checks what can be known without the weights.
     *
     * @throws InvalidInputException if they are a part of a larger model's
     */
    public static void check(ModelDirectory model) {
        if (model.isPartOfALargerModel()) {
            throw new InvalidInputException(model.display() + ": only its text part would be merged, which no program"
                    + " can load. Package the adapter alone (peft), or use a model of type gemma3_text.");
        }
    }

    /** Receives some rows of a tensor. */
    @FunctionalInterface
    interface Rows {
        /**
         * Takes the next rows.
         *
         * @param values the values of {@code rows} whole rows in row-major order, from index 0 on; the caller reuses
         *     the array
         */
        void accept(float[] values, int rows) throws IOException;
    }

    ModelDirectory model() {
        return model;
    }

    /** The tensors, in the order of {@link WeightLayout}. */
    List<String> names() {
        return layout.names();
    }

    /** The shape of a tensor: {@code [width]}, or {@code [rows, width]}. */
    List<Long> shape(String name) {
        return layout.shape(name);
    }

    /** The number of values in all tensors. */
    long parameters() {
        return names().stream().mapToLong(this::elements).sum();
    }

    private long elements(String name) {
        return shape(name).stream().reduce(1L, Math::multiplyExact);
    }

    /**
     * Reads a tensor.
     *
     * @param unit rows are passed in multiples of this
     * @throws InvalidInputException if a value is not finite
     */
    void read(String name, int unit, Rows sink) throws IOException {
        TensorInfo info = weights.tensor(name);
        List<Long> shape = shape(name);
        int width = Math.toIntExact(shape.get(shape.size() - 1));
        int rows = shape.size() == 1 ? 1 : Math.toIntExact(shape.get(0));
        int step = Math.max(1, SLICE / width / unit) * unit;
        float[] values = new float[Math.multiplyExact(Math.min(step, rows), width)];
        ByteBuffer bytes = ByteBuffer.allocate(
                        Math.multiplyExact(values.length, info.dtype().bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        Update update = update(name);
        for (int row = 0; row < rows; row += step) {
            int count = Math.min(step, rows - row);
            bytes.clear().limit(count * width * info.dtype().bytes());
            weights.read(name, (long) row * width * info.dtype().bytes(), bytes);
            FloatBuffer decoded = Floats.decode(bytes.flip(), info.dtype());
            decoded.get(values, 0, count * width);
            if (update != null) {
                int first = row;
                IntStream.range(0, count).parallel().forEach(i -> update.apply(values, i * width, first + i));
            }
            checkFinite(name, values, count * width);
            sink.accept(values, count);
        }
    }

    private @Nullable Update update(String name) {
        LoraModule module = modules.get(name);
        if (module == null || adapter == null) {
            return null;
        }
        return new Update(module, Objects.requireNonNull(adapter.weights().get(module)));
    }

    private void checkFinite(String name, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite(values[i])) {
                throw new InvalidInputException(weights.file(name) + ": the tensor " + name
                        + " holds values that are not finite (NaN or infinity), or the adapter makes them so.");
            }
        }
    }

    private static float[] array(FloatBuffer values) {
        float[] array = new float[values.remaining()];
        values.duplicate().get(array);
        return array;
    }

    /** The change that an adapter makes to the rows of one matrix. */
    private static final class Update {
        private final float[] a;
        private final float[] b;
        private final float @Nullable [] magnitude;
        private final int rank;
        private final int width;
        private final float scale;

        Update(LoraModule module, LoraWeights weights) {
            a = array(weights.a());
            b = array(weights.b());
            magnitude = weights.magnitude() == null ? null : array(weights.magnitude());
            rank = module.rank();
            width = module.in();
            scale = (float) module.scale();
        }

        /** Changes the row that starts at {@code start}. */
        void apply(float[] values, int start, int row) {
            float[] product = new float[width];
            for (int k = 0; k < rank; k++) {
                float factor = b[row * rank + k];
                int from = k * width;
                for (int i = 0; i < width; i++) {
                    product[i] += factor * a[from + i];
                }
            }
            for (int i = 0; i < width; i++) {
                values[start + i] += scale * product[i];
            }
            if (magnitude != null) {
                double squares = 0;
                for (int i = 0; i < width; i++) {
                    squares += (double) values[start + i] * values[start + i];
                }
                float factor = magnitude[row] / (float) Math.sqrt(squares);
                for (int i = 0; i < width; i++) {
                    values[start + i] *= factor;
                }
            }
        }
    }
}
