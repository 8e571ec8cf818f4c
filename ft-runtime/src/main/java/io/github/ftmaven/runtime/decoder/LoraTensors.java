package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.adapter.LoraWeights;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;

/**
 * A LoRA adapter in native memory: A and B of every module, in the layout's order.
 *
 * @param dropout probability, only on the adapter's input and only in training
 */
public record LoraTensors(LoraLayout layout, double dropout, List<Tensor> tensors) {
    /** Copies the list. */
    public LoraTensors {
        tensors = List.copyOf(tensors);
    }

    /** Loads a finished adapter's values. */
    public static LoraTensors of(Arena arena, PeftAdapter adapter) {
        return of(
                arena,
                adapter.layout(),
                0,
                module -> Objects.requireNonNull(adapter.weights().get(module)));
    }

    /** Loads trained values. */
    public static LoraTensors of(
            Arena arena, LoraLayout layout, double dropout, Function<LoraModule, LoraWeights> weights) {
        List<Tensor> tensors = new ArrayList<>();
        for (LoraModule module : layout.modules()) {
            LoraWeights pair = weights.apply(module);
            tensors.add(arena.floats(array(pair.a()), module.rank(), module.in()));
            tensors.add(arena.floats(array(pair.b()), module.out(), module.rank()));
            if (layout.dora()) {
                tensors.add(arena.floats(array(Objects.requireNonNull(pair.magnitude())), module.out()));
            }
        }
        return new LoraTensors(layout, dropout, tensors);
    }

    /**
     * Draws the initial values of PEFT: A from U(-1/sqrt(in), 1/sqrt(in)), which is Kaiming's rule with a = sqrt(5),
     * and B = 0; a magnitude is the length of its row of the base. The generator is {@link Random}, whose specification
     * fixes the sequence.
     *
     * @param lengths of the rows of a module's weight in the base; used only with magnitudes
     */
    public static LoraTensors initialize(
            Arena arena, LoraLayout layout, double dropout, long seed, Function<LoraModule, float[]> lengths) {
        Random random = new Random(Seeds.forRandom(seed));
        return of(arena, layout, dropout, module -> {
            double bound = 1 / Math.sqrt(module.in());
            float[] a = new float[Math.multiplyExact(module.rank(), module.in())];
            for (int i = 0; i < a.length; i++) {
                a[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
            return new LoraWeights(
                    FloatBuffer.wrap(a),
                    FloatBuffer.allocate(Math.multiplyExact(module.out(), module.rank())),
                    layout.dora() ? FloatBuffer.wrap(lengths.apply(module)) : null);
        });
    }

    /** The scale of every module. */
    double[] scales() {
        return layout.modules().stream().mapToDouble(LoraModule::scale).toArray();
    }

    /** A copy of the current values. */
    public LoraWeights weights(LoraModule module) {
        int i = (layout.dora() ? 3 : 2) * layout.modules().indexOf(module);
        return new LoraWeights(
                FloatBuffer.wrap(tensors.get(i).toFloats()),
                FloatBuffer.wrap(tensors.get(i + 1).toFloats()),
                layout.dora() ? FloatBuffer.wrap(tensors.get(i + 2).toFloats()) : null);
    }

    private static float[] array(FloatBuffer values) {
        float[] array = new float[values.remaining()];
        values.duplicate().get(array);
        return array;
    }
}
