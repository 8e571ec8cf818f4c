package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.DType;
import io.github.ftmaven.runtime.model.Floats;
import io.github.ftmaven.runtime.model.SafetensorsFile;
import io.github.ftmaven.runtime.model.SafetensorsWriter;
import io.github.ftmaven.runtime.model.SafetensorsWriter.Tensor;
import io.github.ftmaven.runtime.model.TensorContent;
import io.github.ftmaven.runtime.model.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A LoRA adapter in PEFT's format: {@code adapter_config.json} and {@code adapter_model.safetensors}.
 *
 * @param layout the modules that the configuration selects in the base model
 * @param weights of every module of {@code layout}, in memory: the files are not needed any more
 * @param precision what the base computed in while the adapter was trained: F32 or BF16
 */
public record PeftAdapter(PeftConfig config, LoraLayout layout, Map<LoraModule, LoraWeights> weights, DType precision) {
    /** The name of the configuration file. */
    public static final String CONFIG = "adapter_config.json";
    /** The name of the file of weights. */
    public static final String WEIGHTS = "adapter_model.safetensors";

    /** The metadata of the file of weights that names the precision; PEFT ignores it. Absent for float32. */
    private static final String PRECISION = "precision";

    private static final int SLICE = 1 << 22;

    /**
     * Writes the two files, weights as F32, each replaced atomically.
     *
     * @param directory created if missing
     * @param weights provides A and B of each module; called twice, once for each
     * @param precision what the base computed in while they were trained
     * @throws IllegalArgumentException if they do not have the module's shape
     */
    public static void write(
            Path directory,
            PeftConfig config,
            LoraLayout layout,
            Function<LoraModule, LoraWeights> weights,
            DType precision)
            throws IOException {
        Files.createDirectories(directory);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (LoraModule module : layout.modules()) {
            tensors.put(
                    module.tensorA(),
                    new Tensor(
                            DType.F32,
                            shapeA(module),
                            sink -> write(weights.apply(module).a(), sink)));
            tensors.put(
                    module.tensorB(),
                    new Tensor(
                            DType.F32,
                            shapeB(module),
                            sink -> write(weights.apply(module).b(), sink)));
            if (layout.dora()) {
                tensors.put(
                        module.tensorMagnitude(),
                        new Tensor(
                                DType.F32,
                                List.of((long) module.out()),
                                sink -> write(
                                        Objects.requireNonNull(
                                                weights.apply(module).magnitude()),
                                        sink)));
            }
        }
        SafetensorsWriter.write(
                directory.resolve(WEIGHTS),
                tensors,
                precision == DType.BF16 ? Map.of(PRECISION, "bfloat16") : Map.of());
        PeftConfigWriter.write(directory.resolve(CONFIG), config);
    }

    /**
     * Reads an adapter and checks that it fits a model.
     *
     * @param display the directory as the user would write its path
     * @param architecture of the base model
     * @throws InvalidInputException if a file is missing or damaged, needs an unsupported feature, or the tensors are
     *     not exactly those that the configuration and the architecture require
     */
    public static PeftAdapter read(Path directory, String display, Architecture architecture) {
        PeftConfig config = check(directory, display);
        LoraLayout layout = layout(config, architecture, display);
        String file = display + "/" + WEIGHTS;
        Source tensors = Source.open(directory.resolve(WEIGHTS), file);
        Set<String> unread = new TreeSet<>(tensors.names().keySet());
        Map<LoraModule, LoraWeights> weights = new LinkedHashMap<>();
        for (LoraModule module : layout.modules()) {
            weights.put(
                    module,
                    new LoraWeights(
                            tensors.floats(module.tensorA(), shapeA(module)),
                            tensors.floats(module.tensorB(), shapeB(module)),
                            layout.dora()
                                    ? tensors.floats(module.tensorMagnitude(), List.of((long) module.out()))
                                    : null));
            unread.remove(layout.dora() ? module.tensorMagnitude() : "");
            unread.remove(module.tensorA());
            unread.remove(module.tensorB());
        }
        unread.stream().findFirst().ifPresent(name -> {
            throw new InvalidInputException(
                    file + ": the tensor " + tensors.names().get(name) + " " + surplus(name));
        });
        return new PeftAdapter(config, layout, weights, tensors.precision());
    }

    /**
     * What the base of an adapter computed in while it was trained: F32 or BF16. An adapter that does not say so, such as
     * PEFT's, counts as F32.
     *
     * @param display the directory as the user would write its path
     * @throws InvalidInputException if the weights cannot be read, or name another precision
     */
    public static DType precision(Path directory, String display) {
        ModelPointer.refuse(directory, display);
        return Source.open(directory.resolve(WEIGHTS), display + "/" + WEIGHTS).precision();
    }

    /**
     * Checks an adapter as far as possible without its weights and its base.
     *
     * @param display the directory as the user would write its path
     * @throws InvalidInputException if it is not an adapter, or needs an unsupported feature
     */
    public static PeftConfig check(Path directory, String display) {
        ModelPointer.refuse(directory, display);
        OtherFormats.refuse(directory, display);
        PeftConfig config = PeftConfigReader.read(directory.resolve(CONFIG), display + "/" + CONFIG);
        OtherFormats.refuseWeights(directory, display);
        if (!Files.isRegularFile(directory.resolve(WEIGHTS))) {
            throw new InvalidInputException(display + "/" + WEIGHTS + ": no such file.");
        }
        return config;
    }

    private static LoraLayout layout(PeftConfig config, Architecture architecture, String display) {
        try {
            LoraLayout layout = LoraLayout.found(architecture, config.selection());
            return config.dora() ? layout.withMagnitudes() : layout;
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    display + "/" + CONFIG + ": does not fit this base model: " + e.getMessage(), e);
        }
    }

    /** The error about a tensor that does not belong to any module. */
    private static String surplus(String name) {
        if (name.contains("vision_tower") || name.contains("multi_modal_projector")) {
            return "belongs to the vision part of the model, which is not supported, so it would be lost.";
        }
        if (name.contains("embed_tokens") || name.contains("lm_head")) {
            return "changes the embedding or the head, but only linear layers of the decoder are supported. Was the"
                    + " vocabulary resized? Train without modules_to_save, and save with save_embedding_layers=False.";
        }
        return "belongs to no module that " + CONFIG + " targets in this base model, so it would be ignored.";
    }

    /**
     * The tensors of an adapter.
     *
     * @param names names in the file, by their current names
     */
    private record Source(SafetensorsFile tensors, Map<String, String> names, String file) {
        /** The names of a multimodal model's parts before transformers 4.52, and the current ones. */
        private static final String FORMER = "base_model.model.language_model.model.";

        private static final String TODAY = "base_model.model.model.language_model.";

        static Source open(Path path, String file) {
            SafetensorsFile tensors = SafetensorsFile.open(path, file);
            Map<String, String> names = new TreeMap<>();
            for (String name : tensors.tensors().keySet()) {
                names.put(name.startsWith(FORMER) ? TODAY + name.substring(FORMER.length()) : name, name);
            }
            return new Source(tensors, names, file);
        }

        DType precision() {
            String word = tensors.metadata().getOrDefault(PRECISION, "float32");
            return switch (word) {
                case "float32" -> DType.F32;
                case "bfloat16" -> DType.BF16;
                default ->
                    throw new InvalidInputException(file + ": its metadata says that it was trained in the precision "
                            + word + "; supported precisions are float32 and bfloat16.");
            };
        }

        FloatBuffer floats(String today, List<Long> shape) {
            String name = names.get(today);
            if (name == null) {
                throw new InvalidInputException(file + ": the tensor " + today + " is missing.");
            }
            TensorInfo tensor = tensors.tensor(name);
            if (!tensor.shape().equals(shape)) {
                throw new InvalidInputException(file + ": the tensor " + name + " has the shape " + tensor.shape()
                        + ", but this base model needs " + shape + ". Was the adapter trained on another base?");
            }
            if (!tensor.dtype().isWeight()) {
                throw new InvalidInputException(file + ": the tensor " + name + " is of type " + tensor.dtype()
                        + "; supported types are F32, F16 and BF16.");
            }
            FloatBuffer values = read(tensors, tensor);
            for (int i = 0; i < values.limit(); i++) {
                if (!Float.isFinite(values.get(i))) {
                    throw new InvalidInputException(file + ": the tensor " + name
                            + " holds values that are not finite (NaN or infinity). The file is damaged, or the"
                            + " training diverged.");
                }
            }
            return values;
        }
    }

    private static List<Long> shapeA(LoraModule module) {
        return List.of((long) module.rank(), (long) module.in());
    }

    private static List<Long> shapeB(LoraModule module) {
        return List.of((long) module.out(), (long) module.rank());
    }

    /** In slices, because a buffer of floats can hold more than a buffer of bytes. */
    private static FloatBuffer read(SafetensorsFile tensors, TensorInfo tensor) {
        FloatBuffer values = FloatBuffer.allocate(Math.toIntExact(tensor.elements()));
        int width = tensor.dtype().bytes();
        while (values.hasRemaining()) {
            int count = Math.min(SLICE, values.remaining());
            values.put(Floats.decode(
                    tensors.bytes(tensor.name(), (long) values.position() * width, count * width), tensor.dtype()));
        }
        return values.flip();
    }

    private static void write(FloatBuffer floats, TensorContent.Sink sink) throws IOException {
        FloatBuffer values = floats.duplicate();
        while (values.hasRemaining()) {
            FloatBuffer slice = values.slice(values.position(), Math.min(SLICE, values.remaining()));
            ByteBuffer bytes =
                    ByteBuffer.allocate(slice.capacity() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(slice);
            sink.write(bytes);
            values.position(values.position() + slice.capacity());
        }
    }
}
