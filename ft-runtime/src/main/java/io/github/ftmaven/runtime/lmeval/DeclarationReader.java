package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.Yaml;
import io.github.ftmaven.runtime.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the file of a task or group, and its includes. */
final class DeclarationReader {
    private static final String FUNCTION = "!function";
    private static final int DEEPEST_INCLUDE = 20;
    private static final int MOST_BYTES = 16_000_000;

    private DeclarationReader() {}

    /**
     * Reads a file and its includes.
     *
     * @throws InvalidInputException if a file is missing, is not YAML, calls Python, or includes itself
     */
    static TaskKeys read(Path file, String shown, List<String> mistakes) {
        return read(file, shown, mistakes, List.of());
    }

    private static TaskKeys read(Path file, String shown, List<String> mistakes, List<Path> including) {
        Path path = file.toAbsolutePath().normalize();
        byte[] bytes;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InvalidInputException(
                        shown + ": the file is larger than " + MOST_BYTES + " bytes. Is it a task?");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidInputException(shown + ": the file does not exist or cannot be read.", e);
        }
        YamlTree tree = YamlTree.read(bytes, shown, scalar -> function(scalar, path.resolveSibling(""), shown));
        if (!(tree.root() instanceof ObjectNode own)) {
            throw new InvalidInputException(shown + ":1:1: the file must be a mapping with the keys of a task.");
        }
        TaskKeys declaration = TaskKeys.of(path, tree, mistakes);
        List<Path> chain = new ArrayList<>(including);
        chain.add(path);
        String at = tree.place(own, "include");
        for (String each : declaration.texts(own.path("include"), at, "include")) {
            Path target = included(path, each, at);
            if (chain.contains(target)) {
                throw new InvalidInputException(at + ": include: " + each
                        + (target.equals(path) ? " is this file itself." : " includes this file."));
            }
            if (chain.size() > DEEPEST_INCLUDE) {
                throw new InvalidInputException(
                        at + ": include: nested more than " + DEEPEST_INCLUDE + " levels deep.");
            }
            if (!Files.isRegularFile(target)) {
                throw new InvalidInputException(at + ": include: " + sibling(shown, each) + " does not exist.");
            }
            declaration.include(read(target, sibling(shown, each), mistakes, chain));
        }
        declaration.add(own);
        declaration.remove("include");
        return declaration;
    }

    private static Path included(Path file, String name, String at) {
        FileNames.require(at + ": include: ", name);
        try {
            return file.resolveSibling(name).normalize();
        } catch (InvalidPathException e) {
            throw new InvalidInputException(at + ": include: not a valid path: " + e.getReason() + ".", e);
        }
    }

    private static Optional<JsonNode> function(ScalarNode scalar, Path directory, String shown) {
        Mark mark = Yaml.mark(scalar);
        return scalar.getTag().getValue().equals(FUNCTION)
                ? Optional.of(JsonNodeFactory.instance.pojoNode(new PythonFunction(
                        scalar.getValue(),
                        directory,
                        shown + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))))
                : Optional.empty();
    }

    private static String sibling(String shown, String name) {
        return shown.substring(0, shown.lastIndexOf('/') + 1) + name;
    }
}
