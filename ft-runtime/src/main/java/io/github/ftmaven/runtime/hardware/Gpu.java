package io.github.ftmaven.runtime.hardware;

import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The GPU that a worker computes on: the first one that CUDA shows it.
 *
 * @param name such as {@code NVIDIA H200}; empty if the driver does not say
 * @param driver the version of the driver, such as {@code 570.86.15}; empty if unknown
 * @param capability the compute capability times ten, such as 90 for 9.0; 0 if unknown
 */
public record Gpu(String name, String driver, int capability) {
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";
    private static final List<String> QUERY =
            List.of("--query-gpu=index,uuid,name,driver_version,compute_cap", "--format=csv,noheader");
    private static final int ANSWERS_WITHIN_SECONDS = 30;
    private static final Pattern CAPABILITY = Pattern.compile("([0-9]{1,2})\\.([0-9])");
    private static final Pattern KERNEL_MODULE = Pattern.compile("Kernel Module(?: for \\S+)?\\s+([0-9.]+)");
    private static final Pattern MODEL = Pattern.compile("Model:\\s*(.+)");

    /** The first driver that runs programs built for CUDA 12, by its major version. */
    private static final int OLDEST_DRIVER = 525;

    /** The GPU; empty without a driver, without a GPU, or if none is shown. {@code variables} are those of the worker. */
    public static Optional<Gpu> find(Map<String, String> variables) {
        String visible = variables.getOrDefault(VISIBLE, "0");
        if (hidesAll(visible)) {
            return Optional.empty();
        }
        for (String program : List.of("nvidia-smi", "/usr/lib/wsl/lib/nvidia-smi")) {
            Optional<String> answer = ask(program);
            if (answer.isPresent()) {
                return parse(answer.get(), visible);
            }
        }
        return ofKernel(Path.of("/proc/driver/nvidia"));
    }

    /** CUDA shows the GPUs before the first entry that it does not know, such as -1 or nothing. */
    static boolean hidesAll(String visible) {
        String first = visible.split(",", -1)[0].strip();
        return first.isEmpty() || first.startsWith("-");
    }

    @SuppressForbidden("asks the driver")
    private static Optional<String> ask(String program) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(QUERY);
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty(); // not installed
        }
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            if (!process.waitFor(ANSWERS_WITHIN_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            return Optional.of(new String(out.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * Reads what {@code nvidia-smi} answers: a line of index, UUID, name, driver and compute capability for each GPU.
     *
     * @param visible {@code CUDA_VISIBLE_DEVICES}; its first entry is an index or the beginning of a UUID
     */
    static Optional<Gpu> parse(String answer, String visible) {
        String first = visible.split(",", -1)[0].strip();
        for (String line : answer.lines().toList()) {
            String[] fields = line.split("\\s*,\\s*", -1);
            if (fields.length != 5) {
                continue;
            }
            boolean chosen = fields[0].strip().equals(first) || fields[1].startsWith(first);
            if (chosen) {
                Matcher capability = CAPABILITY.matcher(fields[4].strip());
                return Optional.of(new Gpu(
                        fields[2],
                        fields[3],
                        capability.matches()
                                ? Integer.parseInt(capability.group(1)) * 10 + Integer.parseInt(capability.group(2))
                                : 0));
            }
        }
        return Optional.empty();
    }

    /** Reads what the kernel's module says. Minimal container images have no {@code nvidia-smi}. */
    static Optional<Gpu> ofKernel(Path directory) {
        try {
            Matcher driver = KERNEL_MODULE.matcher(Files.readString(directory.resolve("version")));
            String version = driver.find() ? driver.group(1) : "";
            Path gpus = directory.resolve("gpus");
            if (Files.isDirectory(gpus)) {
                try (DirectoryStream<Path> each = Files.newDirectoryStream(gpus)) {
                    for (Path gpu : each) {
                        Matcher model = MODEL.matcher(Files.readString(gpu.resolve("information")));
                        if (model.find()) {
                            return Optional.of(new Gpu(model.group(1).strip(), version, 0));
                        }
                    }
                }
            }
            return Optional.of(new Gpu("", version, 0));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The GPU in words, such as {@code NVIDIA H200, driver 570.86.15}. */
    public String shown() {
        return (name.isEmpty() ? "a GPU" : name) + (driver.isEmpty() ? "" : ", driver " + driver);
    }

    /** What is wrong with the driver or the GPU for a libtorch with these kernels; empty if nothing is known to be. */
    public Optional<String> problem(Kernels kernels) {
        Matcher major = Pattern.compile("([0-9]{1,6})(\\..*)?").matcher(driver);
        if (major.matches() && Integer.parseInt(major.group(1)) < OLDEST_DRIVER) {
            return Optional.of("the NVIDIA driver " + driver + " is too old for CUDA 12. Install version "
                    + OLDEST_DRIVER + " or newer, or use -Dft.device=cpu.");
        }
        if (capability == 0 || (capability >= kernels.from() && capability <= kernels.to())) {
            return Optional.empty();
        }
        return Optional.of((name.isEmpty() ? "the GPU" : name) + " has compute capability " + decimal(capability)
                + ". This libtorch has kernels for " + decimal(kernels.from()) + " to " + decimal(kernels.to())
                + ". " + kernels.instead());
    }

    /** The compute capability as NVIDIA writes it, such as {@code 9.0}. */
    public String shownCapability() {
        return decimal(capability);
    }

    private static String decimal(int capability) {
        return capability / 10 + "." + capability % 10;
    }

    /**
     * The compute capabilities, times ten, that a libtorch has kernels for.
     *
     * @param instead what a user with another GPU can do
     */
    public record Kernels(int from, int to, String instead) {}
}
