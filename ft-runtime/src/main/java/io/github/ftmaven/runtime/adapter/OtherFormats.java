package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Recognizes other formats of adapters and says what to do. */
public final class OtherFormats {
    static final String MLX =
            "this is an adapter of mlx-lm, whose tensors and scale have a different layout. Fuse it into"
                    + " its base (mlx_lm.fuse) and name the result in base.model.";

    private static final String GGUF = "GGUF adapters are not supported. Name the PEFT adapter that it was made from.";

    private static final String PICKLED =
            "PyTorch's own format is not supported, because loading it can run code. Convert it once: python -c"
                    + " \"import torch; from safetensors.torch import save_file; save_file({k: v.contiguous() for k, v in"
                    + " torch.load('adapter_model.bin', map_location='cpu', weights_only=True).items()},"
                    + " 'adapter_model.safetensors', metadata={'format': 'pt'})\"";

    private OtherFormats() {}

    /**
     * Rejects a file that is not a jar, if it belongs to a known program.
     *
     * @param display the file as the user would write its path
     * @throws InvalidInputException if the file is recognized
     */
    public static void refuseFile(Path file, String display) {
        String name = Objects.requireNonNull(file.getFileName()).toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".gguf")) {
            throw new InvalidInputException(display + ": " + GGUF);
        }
        if (name.endsWith(".bin") || name.endsWith(".pt") || name.endsWith(".pth")) {
            throw new InvalidInputException(display + ": " + PICKLED);
        }
        if (name.endsWith(".safetensors") || name.equals(PeftAdapter.CONFIG)) {
            throw new InvalidInputException(display + ": is a single file of an adapter. Name its directory.");
        }
    }

    /** Rejects a directory without an adapter's configuration, if its content is recognized. */
    static void refuse(Path directory, String display) {
        if (Files.isRegularFile(directory.resolve(PeftAdapter.CONFIG)) || !Files.isDirectory(directory)) {
            return;
        }
        List<String> files = names(directory, Files::isRegularFile);
        List<String> adapters = names(directory, child -> Files.isRegularFile(child.resolve(PeftAdapter.CONFIG)));
        if (!adapters.isEmpty()) {
            throw new InvalidInputException(display + ": is not an adapter itself, but contains directories of"
                    + " adapters: "
                    + String.join(", ", adapters) + ". Name one of them, such as "
                    + adapters.get(adapters.size() - 1) + ".");
        }
        if (files.contains("adapters.safetensors") || files.contains("adapters.npz")) {
            throw new InvalidInputException(display + ": " + MLX);
        }
        if (files.contains("config.json")) {
            throw new InvalidInputException(display + ": is a whole model, not an adapter: it has config.json and no "
                    + PeftAdapter.CONFIG + ". Name it in base.model.");
        }
        if (files.stream().anyMatch(name -> name.endsWith(".gguf"))) {
            throw new InvalidInputException(display + ": " + GGUF);
        }
    }

    /** Rejects a directory that has an adapter's weights only in another format. */
    static void refuseWeights(Path directory, String display) {
        if (Files.isRegularFile(directory.resolve(PeftAdapter.WEIGHTS))) {
            return;
        }
        if (Files.isRegularFile(directory.resolve("adapter_model.bin"))) {
            throw new InvalidInputException(display + "/adapter_model.bin: " + PICKLED);
        }
    }

    /** Numbered ones, such as checkpoint-10, in the order of their numbers. */
    private static List<String> names(Path directory, Predicate<Path> wanted) {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(wanted)
                    .map(FileNames::readable)
                    .map(child -> Objects.requireNonNull(child.getFileName()).toString())
                    .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }
}
