package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What bitsandbytes says, in a tensor of its own, of how it quantized one. */
class QuantStateFuzzTest extends FuzzedReader {
    private static final String STATE = "x.weight.quant_state.bitsandbytes__nf4";
    private static final long BLOCKS = 4;

    QuantStateFuzzTest() {
        super("quant-state");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                {"quant_type": "nf4", "blocksize": 64, "dtype": "bfloat16", "shape": [16, 16]}""".getBytes(StandardCharsets.UTF_8), """
                {"quant_type": "nf4", "blocksize": 64, "dtype": "float16", "shape": [16, 16], "nested_blocksize": 256,
                 "nested_dtype": "float32", "nested_offset": 0.25}""".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesAnOffsetThatNoFloatHolds() {
        String state = new String(seeds().get(1), StandardCharsets.UTF_8).replace("0.25", "1e39");
        assertThatThrownBy(() -> read(state.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageEndingWith(": nested_offset is 1.0E39, which is not supported.");
    }

    @Override
    protected void read(byte[] input) throws Exception {
        boolean nested = new String(input, StandardCharsets.ISO_8859_1).contains("nested_blocksize");
        Map<String, SafetensorsWriter.Tensor> tensors = new HashMap<>();
        tensors.put(STATE, bytes(DType.U8, input.length, ByteBuffer.wrap(input)));
        tensors.put("x.weight", bytes(DType.U8, 32 * BLOCKS, ByteBuffer.allocate((int) (32 * BLOCKS))));
        tensors.put("x.weight.quant_map", floats(Nf4.code()));
        if (nested) {
            tensors.put("x.weight.absmax", bytes(DType.U8, BLOCKS, ByteBuffer.allocate((int) BLOCKS)));
            tensors.put("x.weight.nested_absmax", floats(1));
            tensors.put("x.weight.nested_quant_map", floats(Nf4.dynamic()));
        } else {
            tensors.put("x.weight.absmax", floats(new float[(int) BLOCKS]));
        }
        SafetensorsWriter.write(directory.resolve("x.safetensors"), tensors);
        Weights weights =
                QuantizedWeights.of(SafetensorsFile.open(directory.resolve("x.safetensors"), "x.safetensors"));
        for (String name : weights.tensors().keySet()) {
            weights.quantized(name);
        }
        Files.delete(directory.resolve("x.safetensors"));
    }

    private static SafetensorsWriter.Tensor bytes(DType type, long count, ByteBuffer bytes) {
        return new SafetensorsWriter.Tensor(type, List.of(count), () -> bytes);
    }

    private static SafetensorsWriter.Tensor floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes(DType.F32, values.length, bytes);
    }
}
