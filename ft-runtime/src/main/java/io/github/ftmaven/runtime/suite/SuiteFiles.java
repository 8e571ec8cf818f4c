package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.CheckException;
import io.github.ftmaven.runtime.assertion.Grader;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.ScriptException;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** The files that a suite names, relative to its own. */
final class SuiteFiles implements Grader.Files {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String SCHEME = "file://";

    private static final long MOST_BYTES = 64 << 20;

    private final Path directory;
    private final Set<Path> read = new ConcurrentSkipListSet<>();

    SuiteFiles(Path directory) {
        this.directory = directory;
    }

    /** The reference without {@code file://}. */
    static String path(String reference) {
        return reference.startsWith(SCHEME) ? reference.substring(SCHEME.length()) : reference;
    }

    /**
     * Why data must not name the files it names; null if it may. A suite itself chooses the files it reads. A row of a
     * table may come from someone else, so it can only name files beside the suite.
     */
    @Nullable
    String refusal(JsonNode data) {
        if (data.isTextual() && data.textValue().startsWith(SCHEME)) {
            return refusal(data.textValue());
        }
        for (JsonNode child : data) {
            String refusal = refusal(child);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private @Nullable String refusal(String reference) {
        String path = path(reference).replaceFirst("(\\.\\w+):\\w+$", "$1");
        List<Path> named = new ArrayList<>(find(SCHEME + path));
        try {
            named.add(directory.resolve(path));
            Path base = directory.toRealPath();
            for (Path file : named) {
                Path real = real(file);
                boolean hidden = real.startsWith(base)
                        && base.relativize(real).toString().matches("(.*[/\\\\])?\\..*");
                if (!real.startsWith(base) || hidden) {
                    return "data refers to the file " + path + ", which is "
                            + (hidden ? "hidden" : "not below the suite's directory")
                            + ". Only the suite's own file may refer to it.";
                }
            }
            return null;
        } catch (IOException | InvalidPathException e) {
            return "data refers to the file '" + path + "', which is not a valid path.";
        }
    }

    /** The real location of a file, even if it does not exist. */
    private static Path real(Path file) throws IOException {
        Path there = file.toAbsolutePath().normalize();
        Path parent = there.getParent();
        return Files.exists(there) || parent == null
                ? there.toRealPath()
                : real(parent).resolve(there.getFileName());
    }

    /** Whether a path names a program in an unsupported language, optionally with a function in it. */
    static boolean isProgram(String path) {
        return path.matches("(?s).*\\.(py|rb|ts|tsx|mts|cts|sh|bash|go|pl|exe|bat|ps1)(:\\w+)?");
    }

    /** The files that match a path or glob; empty if there are none. */
    List<Path> find(String reference) {
        String path = path(reference);
        FileNames.require("", path);
        try {
            if (Glob.isPattern(path)) {
                return List.copyOf(Glob.find(directory, path));
            }
            Path file = directory.resolve(path).normalize();
            return Files.isRegularFile(file) ? List.of(file) : List.of();
        } catch (InvalidPathException e) {
            return List.of();
        } catch (IOException e) {
            throw new InvalidInputException(reference + ": cannot be searched: " + FileProblem.of(e), e);
        }
    }

    /** A path as messages show it. */
    String show(Path file) {
        Path base = directory.toAbsolutePath().normalize();
        Path absolute = file.toAbsolutePath().normalize();
        boolean together = Objects.equals(base.getRoot(), absolute.getRoot());
        return (together ? base.relativize(absolute) : absolute).toString().replace('\\', '/');
    }

    /** The files that were read. */
    Set<Path> read() {
        return Set.copyOf(read);
    }

    /** A file's text. */
    String text(Path file) {
        read.add(file);
        try {
            requireSmall(file);
            String text = Files.readString(file);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (MalformedInputException e) {
            throw new InvalidInputException(show(file) + ": not UTF-8. Save the file in that encoding.", e);
        } catch (IOException e) {
            throw new InvalidInputException(show(file) + ": cannot be read.", e);
        }
    }

    private void requireSmall(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new InvalidInputException(show(file) + ": the file has " + Files.size(file) + " bytes; the limit is "
                    + MOST_BYTES + ". Split it.");
        }
    }

    /** Reads a YAML or JSON file. */
    YamlTree tree(Path file) {
        read.add(file);
        try {
            requireSmall(file);
            return YamlTree.read(Files.readAllBytes(file), show(file));
        } catch (IOException e) {
            throw new InvalidInputException(show(file) + ": cannot be read.", e);
        }
    }

    /** Data in which every {@code file://} text that names a data file is replaced by the file's content. */
    JsonNode resolved(JsonNode node) {
        if (node.isTextual()
                && node.textValue().startsWith(SCHEME)
                && !node.textValue().matches(".*\\.[cm]?[jt]s|.*\\.py")) {
            try {
                return content(node.textValue());
            } catch (CheckException e) {
                throw new InvalidInputException(String.valueOf(e.getMessage()) + ".", e);
            }
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, resolved(array.get(i)));
            }
        } else if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                entry.setValue(resolved(entry.getValue()));
            }
        }
        return node;
    }

    @Override
    public JsonNode content(String reference) throws CheckException {
        Path file = resolved(path(reference));
        String name = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new CheckException(path(reference) + ": no such file");
        }
        try {
            return name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml")
                    ? tree(file).root()
                    : TextNode.valueOf(text(file).strip());
        } catch (InvalidInputException e) {
            throw new CheckException(String.valueOf(e.getMessage()));
        }
    }

    /** Calls the function of a {@code file://} script that follows the colon, or the default one. */
    JsonNode call(JavaScript scripts, String reference, JsonNode... arguments) throws CheckException, ScriptException {
        String path = path(reference);
        int colon = path.lastIndexOf(':');
        boolean named = colon > path.lastIndexOf('.');
        ObjectNode argument = JSON.objectNode()
                .put("source", source(named ? path.substring(0, colon) : path))
                .put("name", named ? path.substring(colon + 1) : "");
        argument.putArray("values").addAll(List.of(arguments));
        return scripts.call("file", argument);
    }

    private Path resolved(String path) throws CheckException {
        try {
            return directory.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new CheckException(FileNames.problem(e).replaceFirst("\\.$", ""));
        }
    }

    @Override
    public String source(String path) throws CheckException {
        Path file = resolved(path);
        if (!Files.isRegularFile(file)) {
            throw new CheckException(path + ": no such file");
        }
        return text(file);
    }
}
