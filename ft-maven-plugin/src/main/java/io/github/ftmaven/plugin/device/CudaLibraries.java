package io.github.ftmaven.plugin.device;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Native libraries unpacked from jars into one directory, where the system's loader finds them. */
public final class CudaLibraries {
    private static final String LIST = "libraries.json";

    /** What libtorch loads; not the jars' own JNI libraries, nor the rest of CUDA. */
    private static final Pattern NEEDED =
            Pattern.compile("(?:.*/)?(lib(?:torch(?:_cpu|_cuda|_cuda_linalg|_global_deps)?"
                    + "|c10|c10_cuda|gomp|openblas|gfortran|quadmath|cudart|cublas|cublasLt|cudnn[a-z_]*|cufft|cufile"
                    + "|cupti|curand|cusolver|cusparse|nvJitLink|nvrtc|nvrtc-builtins)\\.so[.0-9]*)");

    private CudaLibraries() {}

    /** Whether the directory holds all that was unpacked into it, by name and size. */
    public static boolean areIn(Path directory) {
        ObjectNode list;
        try {
            list = JsonFile.read(directory.resolve(LIST), "");
        } catch (InvalidInputException e) {
            return false;
        }
        for (Iterator<String> names = list.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            Path file = directory.resolve(name);
            try {
                if (Files.size(file) != list.path(name).asLong(-1)) {
                    return false;
                }
            } catch (IOException e) {
                return false;
            }
        }
        return !list.isEmpty();
    }

    /**
     * Unpacks libraries. Where two jars hold one, the first counts. The directory appears whole or not at all; what was
     * there before is replaced. Only one process may do so at a time.
     */
    public static void unpack(List<Path> jars, Path directory) throws IOException {
        Path next = directory.resolveSibling(directory.getFileName() + ".unpacking");
        Directories.delete(next);
        Files.createDirectories(next);
        try {
            ObjectNode list = JsonFile.object();
            for (Path jar : jars) {
                unpack(jar, next, list);
            }
            JsonFile.write(next.resolve(LIST), list);
            Directories.delete(directory);
            Files.move(next, directory, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Directories.delete(next);
        }
    }

    private static void unpack(Path jar, Path directory, ObjectNode list) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                Matcher needed = NEEDED.matcher(entry.getName());
                if (entry.isDirectory() || !needed.matches() || list.has(needed.group(1))) {
                    continue;
                }
                Path file = directory.resolve(needed.group(1));
                try (InputStream in = zip.getInputStream(entry)) {
                    list.put(needed.group(1), Files.copy(in, file));
                }
            }
        } catch (ZipException e) {
            throw new IOException(jar + ": not a jar: " + e.getMessage() + ". Delete it and build again", e);
        }
    }

    /** The environment in which the system's loader finds libraries in these directories. */
    public static Map<String, String> environment(List<Path> directories, Map<String, String> inherited) {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        String name = windows ? "PATH" : "LD_LIBRARY_PATH";
        String separator = windows ? ";" : ":";
        StringBuilder path = new StringBuilder();
        for (Path directory : directories) {
            path.append(path.length() == 0 ? "" : separator).append(directory);
        }
        String old = inherited.getOrDefault(name, "");
        return Map.of(name, path + (old.isEmpty() ? "" : separator + old));
    }
}
