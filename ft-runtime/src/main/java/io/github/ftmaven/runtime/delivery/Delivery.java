package io.github.ftmaven.runtime.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.launcher.WorkerJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory {@code result/} of a training that ran elsewhere: its files, and a manifest with their digests. */
public final class Delivery {
    /** The trained adapter, or the model where every weight is trained. */
    public static final String ADAPTER = "adapter";

    private static final String TRAINING = "training.json";
    private static final String LOG = "log.jsonl";
    private static final String KEY = "key";
    private static final String FILES = "files";
    private static final int VERSION = 1;

    /** A name in the manifest: never a way out of the directory. */
    private static final Pattern NAME =
            Pattern.compile("(?:adapter/(?:additional_chat_templates/)?)?[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}");

    private static final long LONGEST_MANIFEST = 1 << 20;

    private final Path directory;
    private final String display;

    /**
     * Names the directory.
     *
     * @param display the directory as messages name it
     */
    public Delivery(Path directory, String display) {
        this.directory = directory;
        this.display = display;
    }

    /** Whether the directory is complete. */
    public boolean isThere() {
        return Files.isRegularFile(directory.resolve(WorkerJar.MANIFEST));
    }

    /**
     * Leaves a finished training, whole or not at all.
     *
     * @param train the directory with its files, which are moved
     * @param key of the request
     */
    public void leave(Path train, String key, String device) throws IOException {
        Path next = directory.resolveSibling(directory.getFileName() + ".next");
        Directories.delete(next);
        Files.createDirectories(next);
        for (String name : List.of(ADAPTER, TRAINING, LOG)) {
            Files.move(train.resolve(name), next.resolve(name));
        }
        ObjectNode manifest = JsonFile.object().put("formatVersion", VERSION).put(KEY, key);
        Ran.here(device).put(manifest.putObject("ran"));
        ObjectNode files = manifest.putObject(FILES);
        try (Stream<Path> all = Files.walk(next)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(next.relativize(file).toString().replace('\\', '/'), Digests.sha256(file));
            }
        }
        JsonFile.write(next.resolve(WorkerJar.MANIFEST), manifest);
        Directories.delete(directory);
        Files.move(next, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Copies the files, and checks the copies by their digests, so that nobody can change them afterwards.
     *
     * @param key of the request
     * @param to a new directory
     * @return where the training ran
     * @throws InvalidInputException if it is another training, or its files are damaged or missing
     */
    public Ran copy(String key, Path to) throws IOException {
        ObjectNode manifest = manifest();
        String found = manifest.path(KEY).asText("");
        if (!found.equals(key)) {
            throw bad("is the result of another training: its key is " + PrintableText.line(head(found))
                    + ", but this build asked for " + head(key));
        }
        Map<String, String> files = files(manifest);
        Directories.delete(to);
        for (Map.Entry<String, String> each : files.entrySet()) {
            Path file = directory.resolve(each.getKey());
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw bad("lacks " + each.getKey() + ", which its " + WorkerJar.MANIFEST + " names");
            }
            Path copy = to.resolve(each.getKey());
            Files.createDirectories(copy.resolveSibling(""));
            Files.copy(file, copy);
            if (!Digests.sha256(copy).equals(each.getValue())) {
                throw bad(
                        each.getKey() + " is not what its " + WorkerJar.MANIFEST + " says: it was cut off or changed");
            }
        }
        return Ran.read(manifest.path("ran"));
    }

    private ObjectNode manifest() throws IOException {
        Path file = directory.resolve(WorkerJar.MANIFEST);
        if (Files.size(file) > LONGEST_MANIFEST) {
            throw bad("has a " + WorkerJar.MANIFEST + " of " + Files.size(file) + " bytes");
        }
        ObjectNode manifest = JsonFile.parse(
                display + "/" + WorkerJar.MANIFEST, Files.readAllBytes(file), "It must come from ft-worker.jar.");
        if (manifest.path("formatVersion").asInt() != VERSION) {
            throw bad("comes from another version of ft-worker.jar");
        }
        return manifest;
    }

    private Map<String, String> files(ObjectNode manifest) {
        Map<String, String> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : manifest.path(FILES).properties()) {
            if (!NAME.matcher(each.getKey()).matches()) {
                throw bad("names the file " + PrintableText.line(head(each.getKey())) + ", which no training leaves");
            }
            files.put(each.getKey(), each.getValue().asText());
        }
        if (!files.containsKey(TRAINING) || files.keySet().stream().noneMatch(name -> name.startsWith(ADAPTER + "/"))) {
            throw bad("names no finished training");
        }
        return files;
    }

    private static String head(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }

    private InvalidInputException bad(String problem) {
        return new InvalidInputException(display + ": " + problem + ".");
    }
}
