package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.adapter.LoraModule;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.Projection;
import io.github.ftmaven.runtime.model.WeightLayout;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a training changes.
 *
 * @param lora the adapter; null if every weight of the base is trained
 * @param dropout on the adapter's input
 * @param isFactored whether the optimizer is Adafactor, otherwise AdamW
 * @param keepsBest whether the weights of the best validation are kept beside the present ones
 */
public record Trained(@Nullable LoraLayout lora, double dropout, boolean isFactored, boolean keepsBest) {

    /** Whether every weight of the base is trained. */
    public boolean isFull() {
        return lora == null;
    }

    /** The number of trained values. */
    long values(Architecture architecture) {
        return shapes(architecture).mapToLong(Trained::elements).sum();
    }

    /** The values that the optimizer keeps: two running means, or with Adafactor one for each row and column. */
    long optimizer(Architecture architecture) {
        return isFactored ? shapes(architecture).mapToLong(Trained::factors).sum() : 2 * values(architecture);
    }

    private static long elements(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    private static long factors(List<Long> shape) {
        return shape.size() == 2 ? shape.get(0) + shape.get(1) : elements(shape) + 1;
    }

    private Stream<List<Long>> shapes(Architecture architecture) {
        if (lora == null) {
            WeightLayout layout = WeightLayout.of(architecture);
            return layout.names().stream().map(layout::shape);
        }
        return lora.modules().stream()
                .flatMap(module -> Stream.of(
                                List.of((long) module.rank(), (long) module.in()),
                                List.of((long) module.out(), (long) module.rank()),
                                List.of(lora.dora() ? (long) module.out() : 0L))
                        .limit(lora.dora() ? 3 : 2));
    }

    /** The adapted modules of a layer that have one of these projections. */
    List<LoraModule> modules(int layer, Projection... projections) {
        List<Projection> wanted = List.of(projections);
        return lora == null
                ? List.of()
                : lora.modules().stream()
                        .filter(module -> module.layer() == layer && wanted.contains(module.projection()))
                        .toList();
    }

    /**
     * Whether a pass computes {@code W + s B A} first, which it then keeps instead of the products with A. Only in
     * float32.
     */
    boolean folds(Held held) {
        if (lora == null || dropout > 0 || held.type() != DType.F32) {
            return false;
        }
        return lora.dora() || isFoldingCheaper(lora);
    }

    /**
     * Compares the cost per token of the two methods beyond the frozen weights' own products: folding needs the
     * gradient of W + s B A, {@code 2 in out}; the low-rank path needs three passes through A and B, {@code 6 r (in +
     * out)}.
     */
    public static boolean isFoldingCheaper(LoraLayout layout) {
        long folded = 0;
        long apart = 0;
        for (LoraModule module : layout.modules()) {
            folded += 2L * module.in() * module.out();
            apart += 6L * module.rank() * (module.in() + module.out());
        }
        return folded <= apart;
    }
}
