package io.github.ftmaven.runtime.export;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.Architecture.Attention;
import io.github.ftmaven.runtime.model.Architecture.Table;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TensorContent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A whole model as a GGUF file for llama.cpp and Ollama: weights, configuration, tokenizer and chat template. */
public final class GgufModel {
    private static final Set<String> FAMILIES = Set.of("llama", "mistral", "qwen2", "qwen3");

    private final MergedWeights weights;
    private final Architecture architecture;
    private final String prefix;

    private GgufModel(MergedWeights weights) {
        this.weights = weights;
        architecture = weights.model().architecture();
        prefix = GgufNames.architecture(architecture) + ".";
    }

    /** How matrices are stored; vectors are F32. */
    public enum Precision {
        F16(GgufType.F16, 1),
        /** Eight bits per weight; rows whose width is not a multiple of 32 stay F16. */
        Q8_0(GgufType.Q8_0, 7);

        private final GgufType type;
        private final int fileType;

        Precision(GgufType type, int fileType) {
            this.type = type;
            this.fileType = fileType;
        }
    }

    /**
     * Checks that GGUF can express a model and its tokenizer.
     *
     * @throws InvalidInputException if it cannot; the message starts with the key
     */
    public static void check(ModelDirectory model) {
        Architecture architecture = model.architecture();
        if (!FAMILIES.contains(architecture.family())) {
            throw refused(
                    model,
                    "models of type " + architecture.family() + " are not supported; supported types are llama,"
                            + " mistral, qwen2 and qwen3");
        }
        boolean plain = architecture.rope().tables().size() == 1
                && architecture.rope().tables().get(0).factor() == 1
                && architecture.rope().width() == architecture.attention().headDim();
        if (!plain || !(isUniform(stretch(architecture)) || GgufNames.interleaves(architecture))) {
            throw refused(model, "its rope_scaling is not supported; linear is, and llama3 for models of type llama");
        }
        GgufTokenizer.read(model);
    }

    private static InvalidInputException refused(ModelDirectory model, String why) {
        return new InvalidInputException("artifact.gguf: " + model.display() + ": " + why + ".");
    }

    private static List<Double> stretch(Architecture architecture) {
        return architecture.rope().tables().get(0).stretch();
    }

    private static boolean isUniform(List<Double> values) {
        return new HashSet<>(values).size() == 1;
    }

    /**
     * Writes a model.
     *
     * @param name for people
     * @param served how programs prompt the model and where it stops
     * @throws InvalidInputException as {@link #check}, or if a value is too large for F16
     */
    public static void write(Path file, String name, MergedWeights weights, ServedFiles served, Precision precision)
            throws IOException {
        check(weights.model());
        GgufModel model = new GgufModel(weights);
        GgufFile gguf = new GgufFile()
                .put("general.architecture", GgufNames.architecture(model.architecture))
                .put("general.type", "model")
                .put("general.name", name);
        model.putDimensions(gguf);
        gguf.put("general.file_type", precision.fileType).put("general.quantization_version", 2);
        GgufTokenizer.read(weights.model()).put(gguf, served);
        model.addTensors(gguf, precision);
        gguf.write(file);
    }

    private void putDimensions(GgufFile gguf) {
        Architecture.Dimensions dimensions = architecture.dimensions();
        Attention attention = architecture.attention();
        Table table = architecture.rope().tables().get(0);
        gguf.put(prefix + "block_count", dimensions.layers())
                .put(prefix + "context_length", contextLength())
                .put(prefix + "embedding_length", dimensions.hiddenSize())
                .put(prefix + "feed_forward_length", dimensions.intermediateSize())
                .put(prefix + "attention.head_count", attention.heads())
                .put(prefix + "attention.head_count_kv", attention.kvHeads());
        double factor = stretch(architecture).get(0);
        if (isUniform(stretch(architecture)) && factor != 1) {
            gguf.put(prefix + "rope.scaling.type", "linear").put(prefix + "rope.scaling.factor", (float) factor);
        }
        gguf.put(prefix + "rope.freq_base", (float) table.theta())
                .put(prefix + "attention.layer_norm_rms_epsilon", (float)
                        architecture.norm().epsilon())
                .put(prefix + "attention.key_length", attention.headDim())
                .put(prefix + "attention.value_length", attention.headDim());
        if (GgufNames.interleaves(architecture)) {
            gguf.put(prefix + "vocab_size", dimensions.vocabSize())
                    .put(prefix + "rope.dimension_count", attention.headDim());
        }
    }

    /**
     * llama.cpp does not support sliding windows for these architectures, so the context is limited to the window's
     * length.
     */
    private int contextLength() {
        int window = architecture.attention().window();
        boolean slides = architecture.attention().sliding().contains(true);
        return slides
                ? Math.min(window, architecture.rope().maxPositions())
                : architecture.rope().maxPositions();
    }

    private void addTensors(GgufFile gguf, Precision precision) {
        List<Double> stretch = stretch(architecture);
        if (!isUniform(stretch)) {
            float[] values = new float[stretch.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = stretch.get(i).floatValue();
            }
            gguf.add(
                    "rope_freqs.weight",
                    List.of((long) values.length),
                    GgufType.F32,
                    sink -> sink.write(GgufType.F32.encode(values, values.length)));
        }
        Map<String, String> names = GgufNames.tensors(architecture);
        for (String name : weights.names()) {
            List<Long> shape = weights.shape(name);
            long width = shape.get(shape.size() - 1);
            GgufType type =
                    shape.size() == 1 ? GgufType.F32 : precision.type.fits(width) ? precision.type : GgufType.F16;
            gguf.add(Objects.requireNonNull(names.get(name)), shape, type, content(name, shape, type));
        }
    }

    private TensorContent content(String name, List<Long> shape, GgufType type) {
        boolean rotated = GgufNames.interleaves(architecture) && GgufNames.isRotated(name);
        int headDim = architecture.attention().headDim();
        int width = Math.toIntExact(shape.get(shape.size() - 1));
        return sink -> weights.read(name, rotated ? headDim : 1, (values, rows) -> {
            if (rotated && shape.size() == 1) { // a bias: its elements correspond to the rows of a matrix
                GgufNames.interleave(values, width, 1, headDim);
            } else if (rotated) {
                GgufNames.interleave(values, rows, width, headDim);
            }
            checkRange(name, values, rows * width, type);
            sink.write(type.encode(values, rows * width));
        });
    }

    private void checkRange(String name, float[] values, int count, GgufType type) {
        for (int i = 0; type == GgufType.F16 && i < count; i++) {
            if (Math.abs(values[i]) >= 65520) {
                throw refused(weights.model(), "the tensor " + name + " holds " + values[i] + ", too large for F16");
            }
        }
    }
}
