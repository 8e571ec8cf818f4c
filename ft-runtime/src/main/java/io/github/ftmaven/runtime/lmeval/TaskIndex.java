package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.FileNames;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.yaml.Yaml;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The names of tasks, groups and tags in the YAML files of a directory, which a group can refer to. Of duplicate names
 * the first counts, and other YAML files are ignored.
 */
final class TaskIndex {
    private static final Set<String> SKIPPED = Set.of("__pycache__", "target", "node_modules");
    private static final int MOST_FILES = 50_000;
    private static final int DEEPEST_INCLUDE = 20;

    private final Map<String, Path> files = new HashMap<>();
    private final Map<String, Set<String>> tags = new HashMap<>();
    private final Map<Path, Map<String, List<String>>> read = new HashMap<>();

    private TaskIndex() {}

    /**
     * Reads a directory and its subdirectories.
     *
     * @throws InvalidInputException if it cannot be searched, or contains too many files
     */
    static TaskIndex of(Path directory) {
        TaskIndex index = new TaskIndex();
        for (Path file : index.yamlFiles(directory)) {
            index.add(file);
        }
        return index;
    }

    /** The file that declares a task or a group. */
    Optional<Path> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** The tasks with a tag, sorted by name. */
    Set<String> tagged(String tag) {
        return tags.getOrDefault(tag, Set.of());
    }

    /** All names. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(files.keySet());
        names.addAll(tags.keySet());
        return names;
    }

    private List<Path> yamlFiles(Path directory) {
        List<Path> found = new ArrayList<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                    String name = String.valueOf(each.getFileName());
                    boolean skipped = !each.equals(directory) && (name.startsWith(".") || SKIPPED.contains(name));
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
                    if (each.toString().endsWith(".yaml")) {
                        found.add(FileNames.readable(each));
                    }
                    if (found.size() > MOST_FILES) {
                        throw new InvalidInputException(directory + ": the directory contains more than " + MOST_FILES
                                + " YAML files, too many to search for a group's tasks. Move the group"
                                + " and its tasks into a directory of their own.");
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path each, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new InvalidInputException(directory + ": cannot be searched: " + FileProblem.of(e), e);
        }
        found.sort(Comparator.comparing(path -> path.toString().replace('\\', '/')));
        return found;
    }

    private void add(Path file) {
        Map<String, List<String>> own = keys(file, 0);
        List<String> names = own.containsKey("group") ? own.get("group") : own.getOrDefault("task", List.of());
        if (names == null || names.size() != 1 || files.putIfAbsent(names.get(0), file) != null) {
            return;
        }
        if (!own.containsKey("group")) {
            for (String tag : own.getOrDefault("tag", List.of())) {
                tags.computeIfAbsent(tag, key -> new TreeSet<>()).add(names.get(0));
            }
        }
    }

    /** The texts at {@code task}, {@code group} and {@code tag} in a file and its includes; empty if it is not YAML. */
    private Map<String, List<String>> keys(Path file, int depth) {
        Path path = file.toAbsolutePath().normalize();
        Map<String, List<String>> known = read.get(path);
        if (known != null) {
            return known;
        }
        Map<String, List<String>> keys = new TreeMap<>();
        if (depth <= DEEPEST_INCLUDE && root(path) instanceof MappingNode root) {
            Map<String, Node> entries = new HashMap<>();
            for (NodeTuple entry : root.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    entries.put(key.getValue(), entry.getValueNode());
                }
            }
            for (String include : texts(entries.get("include"))) {
                keys.putAll(keys(path.resolveSibling(include), depth + 1));
            }
            entries.keySet().retainAll(Set.of("task", "group", "tag"));
            entries.forEach((key, value) -> keys.put(key, texts(value)));
        }
        read.put(path, keys);
        return keys;
    }

    private static @Nullable Node root(Path file) {
        try {
            return Yaml.parse(Files.readAllBytes(file), file.toString());
        } catch (IOException | InvalidInputException e) {
            return null; // reported when the task itself is read
        }
    }

    private static List<String> texts(@Nullable Node node) {
        List<String> texts = new ArrayList<>();
        if (node instanceof ScalarNode scalar) {
            texts.add(scalar.getValue());
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(each -> {
                if (each instanceof ScalarNode scalar) {
                    texts.add(scalar.getValue());
                }
            });
        }
        return texts;
    }
}
