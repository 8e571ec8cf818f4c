package io.github.ftmaven.runtime.export;

import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.LoraWeights;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Projection;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A LoRA adapter as a GGUF file for llama.cpp's option {@code --lora} ({@code src/llama-adapter.cpp}). */
public final class GgufAdapter {
    private GgufAdapter() {}

    /**
     * Checks that llama.cpp has a name for models of this type.
     *
     * @throws InvalidInputException if it has none
     */
    public static void check(Architecture architecture) {
        GgufNames.architecture(architecture);
    }

    /**
     * Writes A and B as F32.
     *
     * @param name for people
     * @throws InvalidInputException if the adapter has magnitudes, or models of this type are not supported
     */
    public static void write(Path file, String name, PeftAdapter adapter, Architecture architecture)
            throws IOException {
        if (adapter.layout().dora()) {
            throw new InvalidInputException("artifact.gguf: a GGUF adapter cannot express DoRA, because it"
                    + " has no magnitudes. Write f16 or q8_0 for the merged model.");
        }
        // llama.cpp always scales by alpha over the rank of the current tensor.
        LoraModule first = adapter.layout().modules().get(0);
        double alpha = first.scale() * first.rank();
        GgufFile gguf = new GgufFile()
                .put("general.architecture", GgufNames.architecture(architecture))
                .put("general.type", "adapter")
                .put("general.name", name)
                .put("adapter.type", "lora")
                .put("adapter.lora.alpha", (float) alpha)
                .put("general.quantization_version", 2);
        for (LoraModule module : adapter.layout().modules()) {
            LoraWeights weights = Objects.requireNonNull(adapter.weights().get(module));
            String tensor = GgufNames.weight(module.layer(), module.projection());
            float[] a = array(weights.a(), 1);
            // If a pattern changes a module's scale, B absorbs the difference.
            float[] b = array(weights.b(), module.scale() * module.rank() / alpha);
            if (GgufNames.interleaves(architecture)
                    && (module.projection() == Projection.Q_PROJ || module.projection() == Projection.K_PROJ)) {
                GgufNames.interleave(
                        b, module.out(), module.rank(), architecture.attention().headDim());
            }
            add(gguf, tensor + ".lora_a", module.rank(), module.in(), a);
            add(gguf, tensor + ".lora_b", module.out(), module.rank(), b);
        }
        gguf.write(file);
    }

    private static void add(GgufFile gguf, String name, int rows, int width, float[] values) {
        gguf.add(
                name,
                List.of((long) rows, (long) width),
                GgufType.F32,
                sink -> sink.write(GgufType.F32.encode(values, values.length)));
    }

    private static float[] array(FloatBuffer values, double factor) {
        float[] array = new float[values.remaining()];
        values.duplicate().get(array);
        for (int i = 0; i < array.length; i++) {
            array[i] = (float) (array[i] * factor);
        }
        return array;
    }
}
