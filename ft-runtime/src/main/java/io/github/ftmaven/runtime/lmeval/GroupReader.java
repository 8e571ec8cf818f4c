package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.lmeval.TaskNode.Aggregate;
import io.github.ftmaven.runtime.lmeval.TaskNode.Group;
import io.github.ftmaven.runtime.template.Values;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a task or a group. It looks for the tasks, groups and tags that a group names beside the file that the spec
 * names, and in the directories below.
 */
final class GroupReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> GROUP_KEYS =
            Set.of("group", "group_alias", "task", "aggregate_metric_list", "metadata", "tag");
    private static final Set<String> AGGREGATE_KEYS = Set.of("metric", "aggregation", "weight_by_size", "filter_list");
    private static final int DEEPEST = 20;

    private final TaskReader.Settings settings;
    private final Set<Path> files = new LinkedHashSet<>();
    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Path directory;
    private final String shownDirectory;
    private @Nullable TaskIndex index;

    /**
     * Creates a reader.
     *
     * @param file the file that the spec names
     * @param shown the file as messages name it
     */
    GroupReader(Path file, String shown, TaskReader.Settings settings) {
        this.settings = settings;
        this.directory = file.toAbsolutePath().normalize().resolveSibling("");
        this.shownDirectory = shown.substring(0, shown.lastIndexOf('/') + 1);
    }

    /**
     * Reads a file.
     *
     * @throws InvalidInputException with a line for each mistake
     */
    TaskNode read(Path file, String shown) {
        TaskKeys declaration = DeclarationReader.read(file, shown, mistakes);
        TaskNode node = isGroup(declaration)
                ? group(
                        declaration,
                        declaration.text("group", ""),
                        List.of(file.toAbsolutePath().normalize()))
                : task(declaration);
        if (!mistakes.isEmpty() || node == null) {
            throw new InvalidInputException(String.join("\n", new LinkedHashSet<>(mistakes)));
        }
        return node;
    }

    /** Every file that was read. */
    Set<Path> files() {
        return files;
    }

    private static boolean isGroup(TaskKeys declaration) {
        return declaration.get("task").isArray() || (declaration.has("group") && !declaration.has("task"));
    }

    private @Nullable TaskNode task(TaskKeys declaration) {
        if (declaration.has("group")) {
            declaration.mistake(
                    declaration.place("group"),
                    "group: a task cannot name its group; instead, list the task in the group's file.");
        }
        String name = declaration.text("task", "");
        if (!name.isEmpty() && !names.add(name)) {
            declaration.mistake(declaration.place("task"), "duplicate name '" + name + "'.");
            return null;
        }
        TaskNode node = TaskReader.read(declaration, settings);
        files.addAll(declaration.files());
        return node;
    }

    private @Nullable Group group(TaskKeys declaration, String name, List<Path> within) {
        if (within.size() > DEEPEST) {
            declaration.mistake(declaration.place("task"), "groups are nested more than " + DEEPEST + " levels deep.");
            return null;
        }
        if (name.isBlank()) {
            declaration.mistake(declaration.place("task"), "group is missing: the name of this group of tasks.");
            return null;
        }
        TaskReader.checkName(declaration, "group", name);
        declaration.mapping("metadata");
        declaration.refuseFunctions("metadata", declaration.get("metadata"), "Use a value.");
        if (!names.add(name)) {
            declaration.mistake(declaration.place("group"), "duplicate name '" + name + "'.");
            return null;
        }
        TaskKeys passedOn = declaration.without(GROUP_KEYS);
        JsonNode list = declaration.get("task");
        if (!list.isArray() || list.isEmpty()) {
            declaration.mistake(
                    declaration.place(list.isMissingNode() ? "group" : "task"), "task must list the group's tasks.");
        }
        List<TaskNode> children = new ArrayList<>();
        for (int i = 0; list.isArray() && i < list.size(); i++) {
            children(list.get(i), declaration.place(list, i), declaration, name, passedOn, within, children);
        }
        files.addAll(declaration.files());
        JsonNode version = declaration.get("metadata").path("version");
        return new Group(
                name,
                declaration.textOrNull("group_alias"),
                children,
                aggregates(declaration),
                version.isMissingNode() ? null : Values.of(version));
    }

    private void children(
            JsonNode entry,
            String place,
            TaskKeys group,
            String groupName,
            TaskKeys passedOn,
            List<Path> within,
            List<TaskNode> children) {
        if (entry.isTextual()) {
            if (!named(entry.textValue(), place, group, passedOn, within, children)) {
                group.mistake(
                        place,
                        "task: no task, group or tag '" + entry.textValue()
                                + "' exists in a YAML file beside "
                                + group.file().getFileName()
                                + " or in a directory below."
                                + Suggestion.didYouMean(entry.textValue(), index().names()));
            }
            return;
        }
        if (!(entry instanceof ObjectNode own) || (!own.hasNonNull("task") && !own.hasNonNull("group"))) {
            group.mistake(place, "task: a group must list names of tasks, or mappings with task or group.");
            return;
        }
        TaskKeys inline = group.within(own);
        if (isGroup(inline)) {
            String name = inline.text("group", "");
            TaskKeys over = passedOn.with(inline.without(GROUP_KEYS));
            if (inline.has("task") || !named(name, place, group, over, within, children)) {
                List<Path> deeper = new ArrayList<>(within);
                deeper.add(group.file());
                add(group(inline.with(passedOn), name.isBlank() ? "" : groupName + "::" + name, deeper), children);
            }
            return;
        }
        TaskKeys over = passedOn.with(inline);
        String name = inline.text("task", "");
        if (!named(name, place, group, over.without(Set.of("task")), within, children)) {
            if (!name.isBlank()) {
                over.put("task", groupName + "::" + name);
            }
            add(task(over), children);
        }
    }

    private static void add(@Nullable TaskNode node, List<TaskNode> children) {
        if (node != null) {
            children.add(node);
        }
    }

    /** Reads the target of a name; false if there is none. */
    private boolean named(
            String name, String place, TaskKeys group, TaskKeys over, List<Path> within, List<TaskNode> children) {
        Optional<Path> file = index().file(name);
        if (file.isPresent()) {
            read(name, file.get(), place, group, over, within, children);
            return true;
        }
        Set<String> tagged = index().tagged(name);
        for (String each : tagged) {
            index().file(each).ifPresent(path -> read(each, path, place, group, over, within, children));
        }
        return !tagged.isEmpty();
    }

    private void read(
            String name,
            Path file,
            String place,
            TaskKeys group,
            TaskKeys over,
            List<Path> within,
            List<TaskNode> children) {
        Path path = file.toAbsolutePath().normalize();
        if (within.contains(path)) {
            group.mistake(place, "task: the group '" + name + "' contains itself.");
            return;
        }
        String shown = shownDirectory + directory.relativize(path).toString().replace('\\', '/');
        TaskKeys declaration = DeclarationReader.read(path, shown, mistakes).with(over);
        if (isGroup(declaration)) {
            List<Path> deeper = new ArrayList<>(within);
            deeper.add(path);
            add(group(declaration, declaration.text("group", ""), deeper), children);
        } else {
            add(task(declaration), children);
        }
    }

    private TaskIndex index() {
        TaskIndex known = index;
        if (known == null) {
            known = TaskIndex.of(directory);
            index = known;
        }
        return known;
    }

    private static @Nullable List<Aggregate> aggregates(TaskKeys declaration) {
        JsonNode list = declaration.get("aggregate_metric_list");
        if (list.isMissingNode()) {
            return null;
        }
        declaration.refuseFunctions("aggregate_metric_list", list, "Only the mean is supported.");
        List<Aggregate> aggregates = new ArrayList<>();
        JsonNode entries = list.isArray() ? list : JSON.arrayNode().add(list);
        for (int i = 0; i < entries.size(); i++) {
            JsonNode entry = entries.get(i);
            String at = list.isArray() ? declaration.place(list, i) : declaration.place("aggregate_metric_list");
            if (!entry.isObject()) {
                declaration.mistake(at, "aggregate_metric_list must be a list of mappings with a metric.");
                continue;
            }
            declaration.checkKeys(entry, "aggregate_metric_list", AGGREGATE_KEYS);
            String aggregation = declaration.text(entry.path("aggregation"), at, "aggregation", "mean");
            if (!aggregation.equals("mean")) {
                declaration.mistake(at, "aggregate_metric_list: aggregation must be mean.");
            }
            String metric = declaration.text(entry.path("metric"), at, "metric", "");
            if (metric.isBlank()) {
                declaration.mistake(at, "aggregate_metric_list: metric is missing.");
            }
            List<String> filters = entry.hasNonNull("filter_list")
                    ? declaration.texts(entry.path("filter_list"), at, "filter_list")
                    : null;
            if (filters != null && filters.contains("")) {
                declaration.mistake(at, "aggregate_metric_list: filter_list is empty.");
            }
            aggregates.add(new Aggregate(
                    metric, declaration.flag(entry.path("weight_by_size"), at, "weight_by_size", true), filters));
        }
        return aggregates.isEmpty() ? null : aggregates;
    }
}
