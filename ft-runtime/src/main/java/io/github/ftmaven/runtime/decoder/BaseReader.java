package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.decoder.BaseTensors.HeldAs;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.TensorInfo;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.model.Weights;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Script;
import io.github.ftmaven.runtime.torch.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a base's weights into native memory, part by part: besides what stays, a few parts are in memory at any time, never a
 * whole matrix as floats and never a file.
 */
public final class BaseReader {
    private final Weights weights;
    private final @Nullable Format format;
    private final DType type;
    private final WeightLayout layout;
    private final boolean offload;
    private final boolean gpu;
    private final Place device;
    private final Place host;
    private final Map<Integer, HeldAs> quantized = new LinkedHashMap<>();

    /** Where tensors are put, and what puts them there. */
    private record Place(Arena arena, Script script, TensorParts parts) {
        static Place of(Arena arena) {
            return new Place(arena, Conversion.load(arena), new TensorParts(arena));
        }
    }

    /**
     * Prepares to read weights.
     *
     * @param format of linear layers; null for weights that are not quantized
     * @param type of all other weights, which are rounded to it: F32 or BF16
     * @param offload whether the tensors of layers stay in host memory
     */
    public BaseReader(
            Arena arena,
            Architecture architecture,
            Weights weights,
            @Nullable Format format,
            DType type,
            boolean offload) {
        this.weights = weights;
        this.format = format;
        this.type = type;
        this.layout = WeightLayout.of(architecture);
        this.offload = offload;
        this.gpu = arena.isOnGpu();
        this.device = Place.of(arena);
        this.host = offload ? Place.of(arena.host()) : device;
    }

    /**
     * Reads all weights.
     *
     * @throws InvalidInputException if one of them is not finite, or is already quantized in another format
     */
    public BaseTensors read() {
        List<Tensor> tensors = new ArrayList<>();
        for (String name : layout.names()) {
            boolean onHost = offload && layout.layer(name).isPresent();
            Tensor tensor = read(name, tensors.size(), onHost ? host : device);
            tensors.add(onHost && gpu ? pinned(tensor) : tensor);
        }
        return new BaseTensors(tensors, quantized, type, offload);
    }

    private Tensor read(String name, int index, Place place) {
        Optional<QuantizedTensor> stored = weights.quantized(name);
        if (stored.isPresent()) {
            return stored(stored.get(), name, index, place);
        }
        if (format != null && layout.isLinear(name)) {
            quantized.put(index, HeldAs.of(format, weights.tensor(name).dtype()));
            List<Long> shape = layout.shape(name);
            try (Quantizer quantizer =
                    new Quantizer(place.arena(), place.script(), format, shape.get(0), shape.get(1))) {
                requireFinite(place.parts().each(weights, name, quantizer.multiple(), quantizer), name);
                return quantizer.finish();
            }
        }
        return isMappable(name) ? mapped(name, place) : values(name, place);
    }

    /** Already quantized in the file. */
    private Tensor stored(QuantizedTensor stored, String name, int index, Place place) {
        checkFormat(stored, format, weights.file(name));
        HeldAs held = HeldAs.of(stored.format(), stored.type());
        Tensor raw = bytes(stored, place);
        if (layout.isLinear(name)) {
            quantized.put(index, held);
            return raw;
        }
        // The head is dequantized once: each token of an answer needs all of it.
        try (raw) {
            return DequantizedBase.dequantized(place.arena(), place.script(), raw, held, layout.shape(name), type);
        }
    }

    private static Tensor bytes(QuantizedTensor stored, Place place) {
        Tensor raw;
        try (Arena step = place.arena().child()) {
            raw = place.script()
                    .differentiate(place.arena(), "byte_zeros", step.longs(new long[] {stored.size()}, 1))
                    .get(0);
        }
        long[] start = {0};
        try {
            stored.content().writeTo(part -> {
                int count = part.remaining();
                if (count > 0) {
                    try (Arena step = place.arena().child()) {
                        place.script().call(step, "put", raw, step.bytes(part, count), start[0]);
                    }
                    start[0] += count;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return raw;
    }

    private static void checkFormat(QuantizedTensor stored, @Nullable Format wanted, String file) {
        boolean nf4 = stored.format() != Format.INT8;
        if (wanted != null && nf4 != (wanted != Format.INT8)) {
            throw new InvalidInputException(file + ": these weights are already quantized as " + (nf4 ? "nf4" : "int8")
                    + ". Set base.quantization to it, or use the original weights.");
        }
    }

    private Tensor values(String name, Place place) {
        Tensor values = BaseTensors.zeros(
                place.arena(), place.script(), weights.tensor(name).dimensions(), type);
        requireFinite(place.parts().fill(values, weights, name), name);
        return values;
    }

    private void requireFinite(boolean finite, String name) {
        if (!finite) {
            throw new InvalidInputException(weights.file(name) + ": the tensor " + name
                    + " holds values that are not finite (NaN or infinity). The file is damaged, or the model"
                    + " diverged before it was saved.");
        }
    }

    /**
     * Whether a matrix can stay in its file until its turn: on a CPU, where nothing is computed from a tensor in another
     * type.
     */
    private boolean isMappable(String name) {
        TensorInfo tensor = weights.tensor(name);
        return offload
                && !gpu
                && type == DType.BF16
                && tensor.dtype() == DType.BF16
                && layout.isLinear(name)
                && tensor.size() <= Integer.MAX_VALUE;
    }

    private Tensor mapped(String name, Place place) {
        requireFinite(place.parts().each(weights, name, 1, (start, part, stored) -> finite(part, stored, place)), name);
        return place.arena().bytes(weights.bytes(name), weights.tensor(name).size());
    }

    private static boolean finite(ByteBuffer part, DType stored, Place place) {
        try (Arena step = place.arena().child()) {
            Tensor raw = step.bytes(part, part.remaining());
            return place.script()
                            .call(step, "finite", raw, Conversion.code(stored))
                            .get(0)
                            .item()
                    != 0;
        }
    }

    private Tensor pinned(Tensor tensor) {
        try (tensor) {
            return host.script().differentiate(host.arena(), "pin", tensor).get(0);
        }
    }
}
