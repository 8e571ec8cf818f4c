package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.lmeval.TaskNode.Aggregate;
import io.github.ftmaven.runtime.lmeval.TaskNode.Group;
import io.github.ftmaven.runtime.template.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a task or a group; the tasks that a group names are looked for beside its file. */
final class GroupReader {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> GROUP_KEYS =
            Set.of("group", "group_alias", "task", "aggregate_metric_list", "metadata");
    private static final Set<String> AGGREGATE_KEYS = Set.of("metric", "aggregation", "weight_by_size", "filter_list");
    private static final int DEEPEST = 20;

    private final @Nullable Integer fewShot;
    private final @Nullable Integer limit;
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> mistakes = new ArrayList<>();

    GroupReader(@Nullable Integer fewShot, @Nullable Integer limit) {
        this.fewShot = fewShot;
        this.limit = limit;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException with a line for each mistake
     */
    TaskNode read(Path file, String shown) {
        Declaration declaration = Declaration.read(file, shown, mistakes);
        TaskNode node = node(declaration, shown, 0);
        if (!mistakes.isEmpty() || node == null) {
            throw new InvalidInputException(String.join("\n", new LinkedHashSet<>(mistakes)));
        }
        return node;
    }

    /** Every file that was read. */
    Set<Path> files() {
        return files;
    }

    private @Nullable TaskNode node(Declaration declaration, String shown, int depth) {
        TaskNode node;
        if (declaration.get("task").isArray()) {
            node = group(declaration, shown, depth);
        } else {
            if (declaration.has("group")) {
                declaration.mistake(
                        declaration.place("group"),
                        "group: a task names no group; a group lists its tasks under task.");
            }
            node = TaskReader.read(declaration, fewShot, limit);
        }
        files.addAll(declaration.files());
        return node;
    }

    private @Nullable Group group(Declaration declaration, String shown, int depth) {
        if (depth > DEEPEST) {
            throw new InvalidInputException(shown + ": the group contains itself.");
        }
        String name = declaration.text("group", "");
        if (name.isBlank()) {
            declaration.mistake(declaration.place("task"), "group is missing: the name of this group of tasks.");
        }
        Declaration passedOn = declaration.without(GROUP_KEYS);
        JsonNode list = declaration.get("task");
        List<TaskNode> children = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            TaskNode child = child(list.get(i), declaration.place(list, i), declaration, passedOn, shown, depth);
            if (child != null) {
                children.add(child);
            }
        }
        JsonNode version = declaration.get("metadata").path("version");
        return new Group(
                name,
                declaration.textOrNull("group_alias"),
                children,
                aggregates(declaration),
                version.isMissingNode() ? null : Values.of(version));
    }

    private @Nullable TaskNode child(
            JsonNode entry, String place, Declaration group, Declaration passedOn, String shown, int depth) {
        if (entry instanceof ObjectNode own) {
            Declaration inline = group.within(own);
            if (inline.get("task").isTextual() && !inline.has("dataset_path")) {
                return named(inline.text("task", ""), place, group, passedOn.with(inline), shown, depth);
            }
            return node(inline.get("task").isArray() ? inline : inline.with(passedOn), shown, depth + 1);
        }
        if (!entry.isTextual()) {
            group.mistake(place, "task: a group lists names of tasks, or mappings.");
            return null;
        }
        return named(entry.textValue(), place, group, passedOn, shown, depth);
    }

    private @Nullable TaskNode named(
            String name, String place, Declaration group, Declaration over, String shown, int depth) {
        Optional<Path> file = find(group.file().resolveSibling(""), name);
        if (file.isEmpty()) {
            group.mistake(place, "task: there is no task or group '" + name + "' in a file beside this one.");
            return null;
        }
        String path = shown.substring(0, shown.lastIndexOf('/') + 1)
                + group.file()
                        .resolveSibling("")
                        .relativize(file.get())
                        .toString()
                        .replace('\\', '/');
        return node(Declaration.read(file.get(), path, mistakes).with(over.without(Set.of("task"))), path, depth + 1);
    }

    /** The file that declares a name: that of the name, else the first one that says so. */
    private static Optional<Path> find(Path directory, String name) {
        Pattern declares =
                Pattern.compile("(?m)^(task|group):[ \t]*[\"']?" + Pattern.quote(name) + "[\"']?[ \t]*(#.*)?\r?$");
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> candidates = walk.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            for (Path candidate : candidates) {
                if (declares.matcher(Files.readString(candidate)).find()) {
                    return Optional.of(candidate);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new InvalidInputException(directory + ": cannot be searched: " + e.getMessage(), e);
        }
    }

    private static @Nullable List<Aggregate> aggregates(Declaration declaration) {
        JsonNode list = declaration.get("aggregate_metric_list");
        if (list.isMissingNode()) {
            return null;
        }
        List<Aggregate> aggregates = new ArrayList<>();
        for (JsonNode entry : list.isArray() ? list : JSON.createArrayNode().add(list)) {
            String at = declaration.place(entry, "metric");
            declaration.checkKeys(entry, "aggregate_metric_list", AGGREGATE_KEYS);
            if (!entry.path("aggregation").asText("mean").equals("mean")) {
                declaration.mistake(at, "aggregate_metric_list: aggregation must be mean.");
            }
            List<String> filters = declaration.texts(entry.path("filter_list"), at, "filter_list");
            aggregates.add(new Aggregate(
                    declaration.text(entry.path("metric"), at, "metric", ""),
                    declaration.flag(entry.path("weight_by_size"), at, "weight_by_size", false),
                    filters.isEmpty() ? List.of("none") : filters));
        }
        return aggregates;
    }
}
