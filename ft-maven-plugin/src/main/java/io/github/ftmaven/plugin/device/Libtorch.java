package io.github.ftmaven.plugin.device;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hardware.Gpu;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A libtorch for CUDA that the user installed: PyTorch's archive, a Python installation of torch, or a directory of
 * libraries.
 *
 * @param libraries the directory of its libraries
 * @param search directories of the libraries that it needs, beside those of the system
 * @param version such as {@code 2.7.1+cu128}; empty if it does not say
 */
public record Libtorch(Path libraries, List<Path> search, String version) {
    private static final String PATH = "PYTORCH_LIBRARY_PATH";
    private static final List<String> NAMES = List.of("libtorch.so", "torch.dll", "libtorch.dylib");
    private static final List<String> CUDA_NAMES = List.of("libtorch_cuda.so", "torch_cuda.dll");
    private static final Pattern PYTHON_VERSION = Pattern.compile("__version__\\s*=\\s*['\"]([^'\"]+)['\"]");

    /** What PyTorch builds its wheels of 2.7 for CUDA 12.8 with. */
    private static final Gpu.Kernels OF_CU128 = new Gpu.Kernels(
            75,
            120,
            "Compute on another GPU or use -Dft.device=cpu, or set ft.cuda to maven, which has older kernels.");

    private static final Gpu.Kernels UNKNOWN = new Gpu.Kernels(0, Integer.MAX_VALUE, "");

    /**
     * Finds the libraries at or below a directory: itself, its {@code lib}, or those of a Python environment.
     *
     * @param given {@code PYTORCH_LIBRARY_PATH}
     * @param required the version that DJL's JNI library is built for; any other one crashes
     * @throws InvalidInputException if no such libtorch is there
     */
    public static Libtorch at(String given, String required) {
        Path directory = Path.of(given);
        Path libraries = candidates(directory).stream()
                .filter(candidate -> has(candidate, NAMES))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(PATH + " is " + given + ", which contains no libtorch."
                        + " Set it to the lib directory of a libtorch " + required + " for CUDA 12.8."));
        if (!has(libraries, CUDA_NAMES)) {
            throw new InvalidInputException(PATH + " is " + given + ", which contains a libtorch for CPUs. Set it to a"
                    + " libtorch " + required + " for CUDA 12.8, or use -Dft.device=cpu.");
        }
        String version = version(libraries);
        if (!version.isEmpty() && !version.equals(required) && !version.startsWith(required + "+")) {
            throw new InvalidInputException(PATH + " is " + given + ", which contains libtorch " + version
                    + ", but only version " + required + " works. Install torch==" + required
                    + ", or set ft.cuda to maven.");
        }
        return new Libtorch(libraries, search(libraries), version);
    }

    /** The GPUs that it has kernels for, as far as that is known. */
    public Gpu.Kernels kernels() {
        return version.endsWith("+cu128") ? OF_CU128 : UNKNOWN;
    }

    private static List<Path> candidates(Path directory) {
        List<Path> candidates =
                new ArrayList<>(List.of(directory, directory.resolve("lib"), directory.resolve("torch/lib")));
        // A virtual environment, on Linux and on Windows.
        children(directory.resolve("lib"), "python*")
                .forEach(python -> candidates.add(python.resolve("site-packages/torch/lib")));
        candidates.add(directory.resolve("Lib/site-packages/torch/lib"));
        return candidates;
    }

    private static boolean has(Path directory, List<String> names) {
        return names.stream().anyMatch(name -> Files.isRegularFile(directory.resolve(name)));
    }

    /** A Python installation has {@code version.py} beside the libraries, PyTorch's archive {@code build-version}. */
    private static String version(Path libraries) {
        Path root = libraries.toAbsolutePath().normalize().resolveSibling("");
        Optional<Matcher> python = read(root.resolve("version.py")).map(PYTHON_VERSION::matcher);
        if (python.isPresent() && python.get().find()) {
            return python.get().group(1);
        }
        return read(root.resolve("build-version")).map(String::strip).orElse("");
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty(); // the version stays unknown
        }
    }

    /** The libraries of a Python installation need those of the packages {@code nvidia-*}. */
    private static List<Path> search(Path libraries) {
        List<Path> search = new ArrayList<>(List.of(libraries));
        Path packages =
                libraries.toAbsolutePath().normalize().resolve("../../nvidia").normalize();
        for (Path each : children(packages, "*")) {
            if (Files.isDirectory(each.resolve("lib"))) {
                search.add(each.resolve("lib"));
            }
        }
        return search;
    }

    private static List<Path> children(Path directory, String glob) {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> each = Files.newDirectoryStream(directory, glob)) {
                each.forEach(children::add);
            } catch (IOException e) {
                return List.of();
            }
        }
        children.sort(null);
        return children;
    }
}
