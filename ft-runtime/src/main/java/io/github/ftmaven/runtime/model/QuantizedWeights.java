package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.model.QuantizedTensor.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Weights that bitsandbytes partly quantized, under their original names, shapes and types. Scales and other companions
 * of a quantized tensor do not appear as tensors here.
 */
final class QuantizedWeights implements Weights {
    private static final JsonTrees JSON = Json.lenientTrees();
    private static final int SLICE = 1 << 23;
    private static final String STATE = ".quant_state.bitsandbytes__";
    private static final String NF4 = STATE + "nf4";
    private static final String ROW_SCALES = ".SCB";
    private static final String WEIGHT = ".weight";
    private static final String NESTED = "nested_blocksize"; // present if the scales are quantized too
    private static final String OFFSET = "nested_offset";

    private final Weights stored;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, JsonNode> states = new LinkedHashMap<>();

    private QuantizedWeights(Weights stored) {
        this.stored = stored;
    }

    /**
     * Wraps the weights if some are quantized; otherwise returns them unchanged.
     *
     * @throws InvalidInputException if they are quantized other than as NF4 or int8, or part of a tensor is missing
     */
    static Weights of(Weights stored) {
        QuantizedWeights weights = new QuantizedWeights(stored);
        Set<String> parts = new LinkedHashSet<>();
        for (String name : stored.tensors().keySet()) {
            if (name.contains(STATE)) {
                parts.addAll(weights.addNf4(name));
            } else if (name.endsWith(ROW_SCALES)) {
                parts.addAll(weights.addInt8(name));
            }
        }
        if (parts.isEmpty()) {
            return stored;
        }
        stored.tensors().forEach((name, tensor) -> {
            if (!parts.contains(name)) {
                weights.tensors.putIfAbsent(name, tensor);
            }
        });
        return weights;
    }

    private List<String> addNf4(String state) {
        String file = stored.file(state);
        if (!state.endsWith(NF4)) {
            throw new InvalidInputException(file + ": " + state + " says that a tensor is quantized as "
                    + state.substring(state.indexOf(STATE) + STATE.length()) + "; supported formats are nf4 and int8.");
        }
        String name = state.substring(0, state.length() - NF4.length());
        JsonNode json = json(state);
        List<Long> shape = new ArrayList<>();
        json.path("shape").forEach(size -> shape.add(size.asLong()));
        DType type = switch (json.path("dtype").asText()) {
            case "float32" -> DType.F32;
            case "float16" -> DType.F16;
            case "bfloat16" -> DType.BF16;
            default -> throw invalid(state, "dtype", json);
        };
        require(json.path("blocksize").asInt() == QuantizedTensor.BLOCK, state, "blocksize", json);
        boolean nested = json.has(NESTED);
        require(!nested || json.path(NESTED).asInt() == QuantizedTensor.NESTED_BLOCK, state, NESTED, json);
        require(!nested || json.path(OFFSET).isNumber(), state, OFFSET, json);
        require(Float.isFinite((float) json.path(OFFSET).asDouble()), state, OFFSET, json);
        require(shape.size() == 2 && shape.get(0) > 0 && shape.get(1) > 0, state, "shape", json);

        long elements;
        try {
            elements = Math.multiplyExact(shape.get(0), shape.get(1));
        } catch (ArithmeticException e) {
            throw invalid(state, "shape", json);
        }
        long blocks = ceil(elements, QuantizedTensor.BLOCK);
        List<String> parts = new ArrayList<>(List.of(state));
        part(name, "", DType.U8, ceil(elements, 2), parts);
        part(name, ".absmax", nested ? DType.U8 : DType.F32, blocks, parts);
        values(part(name, ".quant_map", DType.F32, 16, parts), Nf4.code());
        if (nested) {
            part(name, ".nested_absmax", DType.F32, ceil(blocks, QuantizedTensor.NESTED_BLOCK), parts);
            TensorInfo map = part(name, ".nested_quant_map", DType.F32, 256, parts);
            float[] expected = Nf4.dynamic();
            if (isOfCpu(map.name())) {
                expected[0] = -1;
            }
            values(map, expected);
        }
        add(name, type, shape, file, json);
        return parts;
    }

    /** The scales of X.weight are X.SCB; X.weight_format describes the layout of rows; 0 means row-major. */
    private List<String> addInt8(String scales) {
        String module = scales.substring(0, scales.length() - ROW_SCALES.length());
        TensorInfo weight = stored.tensors().get(module + WEIGHT);
        if (weight == null || weight.dtype() != DType.I8 || weight.shape().size() != 2) {
            throw new InvalidInputException(
                    stored.file(scales) + ": " + scales + " has no matrix of type I8 called " + module + WEIGHT + ".");
        }
        List<String> parts = new ArrayList<>();
        part(module, ROW_SCALES, DType.F32, weight.shape().get(0), parts);
        String format = module + ".weight_format";
        if (stored.tensors().containsKey(format)) {
            part(module, ".weight_format", DType.U8, 1, parts);
            if (stored.bytes(format).get(0) != 0) {
                throw new InvalidInputException(stored.file(format) + ": " + format
                        + ": only row-major weights are supported (weight_format 0).");
            }
        }
        add(module + WEIGHT, DType.F16, weight.shape(), stored.file(scales), JsonTrees.object());
        return parts;
    }

    private void add(String name, DType type, List<Long> shape, String file, JsonNode state) {
        long size;
        try {
            size = Math.multiplyExact(Math.multiplyExact(shape.get(0), shape.get(1)), (long) type.bytes());
        } catch (ArithmeticException e) {
            throw new InvalidInputException(
                    file + ": the tensor " + name + " has the shape " + TensorInfo.format(shape)
                            + ", which is too large.",
                    e);
        }
        tensors.put(name, new TensorInfo(name, type, shape, 0, size));
        states.put(name, state);
    }

    private TensorInfo part(String name, String suffix, DType type, long elements, List<String> parts) {
        String whole = name + suffix;
        TensorInfo part = stored.tensors().get(whole);
        if (part == null) {
            throw new InvalidInputException(stored.file(parts.isEmpty() ? whole : parts.get(0)) + ": the tensor "
                    + whole + " is missing, but " + name + " cannot be read without it.");
        }
        if (part.dtype() != type || part.elements() != elements) {
            throw new InvalidInputException(stored.file(whole) + ": the tensor " + whole + " is of type "
                    + part.dtype() + " and shape " + TensorInfo.format(part.shape()) + ", but " + name + " needs "
                    + elements + " values of type " + type + ".");
        }
        parts.add(whole);
        return part;
    }

    private boolean isOfCpu(String map) {
        return stored.bytes(map).getFloat(0) == -1;
    }

    private void values(TensorInfo part, float[] expected) {
        FloatBuffer values = stored.bytes(part.name()).asFloatBuffer();
        for (float value : expected) {
            if (values.get() != value) {
                throw new InvalidInputException(stored.file(part.name()) + ": " + part.name()
                        + " differs from the table of bitsandbytes' nf4.");
            }
        }
    }

    private JsonNode json(String name) {
        ByteBuffer bytes = stored.bytes(name);
        byte[] text = new byte[bytes.remaining()];
        bytes.get(text);
        try {
            return JSON.read(text);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    stored.file(name) + ": the tensor " + name + " is not JSON: "
                            + JsonProblem.of(e).text() + ".",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void require(boolean holds, String state, String key, JsonNode json) {
        if (!holds) {
            throw invalid(state, key, json);
        }
    }

    private InvalidInputException invalid(String state, String key, JsonNode json) {
        return new InvalidInputException(
                stored.file(state) + ": " + state + ": " + key + " is " + json.path(key) + ", which is not supported.");
    }

    private static long ceil(long elements, int size) {
        return (elements + size - 1) / size;
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    @Override
    public String file(String name) {
        return stored.file(name);
    }

    @Override
    public ByteBuffer bytes(String name, long offset, int length) {
        if (states.containsKey(name)) {
            throw new IllegalArgumentException(name + " is quantized");
        }
        return stored.bytes(name, offset, length);
    }

    @Override
    public void read(String name, long offset, ByteBuffer into) {
        if (states.containsKey(name)) {
            throw new IllegalArgumentException(name + " is quantized");
        }
        stored.read(name, offset, into);
    }

    @Override
    public Optional<QuantizedTensor> quantized(String name) {
        JsonNode state = states.get(name);
        if (state == null) {
            return Optional.empty();
        }
        DType type = tensor(name).dtype();
        if (state.isEmpty()) {
            String module = name.substring(0, name.length() - WEIGHT.length());
            return Optional.of(joined(Format.INT8, type, List.of(name), List.of(module + ROW_SCALES), null));
        }
        if (!state.has(NESTED)) {
            return Optional.of(joined(Format.NF4, type, List.of(name), List.of(name + ".absmax"), null));
        }
        Format format = isOfCpu(name + ".nested_quant_map") ? Format.NF4_DOUBLE_CPU : Format.NF4_DOUBLE;
        return Optional.of(
                joined(format, type, List.of(name, name + ".absmax"), List.of(name + ".nested_absmax"), (float)
                        state.path(OFFSET).asDouble()));
    }

    /** Bytes of tensors; then, from a multiple of 4 on, floats; then one more, unless it is null. */
    private QuantizedTensor joined(
            Format format, DType type, List<String> elements, List<String> floats, @Nullable Float last) {
        long length = size(elements);
        int padding = Math.floorMod(-length, Float.BYTES);
        ByteBuffer end = ByteBuffer.allocate(last == null ? 0 : Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        if (last != null) {
            end.putFloat(last).flip();
        }
        return new QuantizedTensor(format, type, length + padding + size(floats) + end.remaining(), sink -> {
            for (String name : elements) {
                write(name, sink);
            }
            sink.write(ByteBuffer.allocate(padding));
            for (String name : floats) {
                write(name, sink);
            }
            sink.write(end.duplicate());
        });
    }

    private long size(List<String> names) {
        return names.stream().mapToLong(name -> stored.tensor(name).size()).sum();
    }

    private void write(String name, TensorContent.Sink sink) throws IOException {
        long size = stored.tensor(name).size();
        ByteBuffer part = ByteBuffer.allocateDirect(Math.toIntExact(Math.min(size, SLICE)));
        for (long offset = 0; offset < size; offset += SLICE) {
            part.clear().limit(Math.toIntExact(Math.min(SLICE, size - offset)));
            stored.read(name, offset, part);
            sink.write(part.flip());
        }
    }
}
