package io.github.ftmaven.runtime.decoder;

import io.github.ftmaven.runtime.adapter.LoraLayout;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ArchitectureReader;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import io.github.ftmaven.runtime.model.WeightLayout;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the program that a build runs, for {@code torch.jit.load} in Python: LoRA of rank 16 on all linear layers.
 * {@code tools/bench/bench_cuda.py} times it on a GPU.
 */
final class DecoderArchive {
    private DecoderArchive() {}

    /**
     * Arguments: a {@code config.json}, {@code F32} or {@code BF16}, {@code plain}, {@code NF4}, {@code NF4_DOUBLE} or {@code
     * INT8}, {@code keep} or {@code recompute}, {@code cpu} or {@code cuda}, the file to write.
     */
    public static void main(String[] arguments) throws IOException {
        Architecture architecture = ArchitectureReader.read(Path.of(arguments[0]), "config.json");
        DType type = DType.valueOf(arguments[1]);
        Files.write(
                Path.of(arguments[5]),
                archive(
                        architecture,
                        type,
                        arguments[2],
                        arguments[3].equals("recompute"),
                        arguments[4].equals("cuda")));
    }

    static byte[] archive(Architecture architecture, DType type, String format, boolean recompute, boolean onGpu) {
        LoraLayout layout = LoraLayout.declared(
                architecture, TestSpec.with("adapter.rank: 16").adapter());
        Map<Integer, BaseTensors.HeldAs> quantized = new HashMap<>();
        WeightLayout weights = WeightLayout.of(architecture);
        for (int i = 0; i < weights.names().size() && !format.equals("plain"); i++) {
            if (weights.isLinear(weights.names().get(i))) {
                quantized.put(i, BaseTensors.HeldAs.of(Format.valueOf(format), DType.BF16));
            }
        }
        return DecoderScript.archive(
                architecture,
                new BaseTensors(List.of(), quantized, type),
                new LoraTensors(layout, 0, List.of()),
                new DecoderScript.Modes(recompute, false, 1 << 24),
                onGpu);
    }
}
