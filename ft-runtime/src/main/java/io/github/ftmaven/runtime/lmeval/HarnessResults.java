package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.lmeval.TaskNode.Aggregate;
import io.github.ftmaven.runtime.lmeval.TaskNode.Group;
import io.github.ftmaven.runtime.lmeval.TaskResult.Figure;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Writes results in lm-eval's layout; groups are the means of their tasks. */
final class HarnessResults {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String NOT_KNOWN = "N/A";

    private final TaskSet set;
    private final Map<String, TaskResult> results;

    HarnessResults(TaskSet.Results results) {
        this.set = results.set();
        this.results = results.all();
    }

    ObjectNode json(String model) {
        ObjectNode json = JSON.objectNode();
        ObjectNode table = json.putObject("results");
        ObjectNode groups = JSON.objectNode();
        set.nodes().stream().flatMap(TaskNode::all).forEach(node -> add(node, table, groups));
        if (!groups.isEmpty()) {
            json.set("groups", groups);
        }
        ObjectNode subtasks = json.putObject("group_subtasks");
        ObjectNode configs = json.putObject("configs");
        ObjectNode versions = json.putObject("versions");
        ObjectNode shots = json.putObject("n-shot");
        ObjectNode higher = json.putObject("higher_is_better");
        ObjectNode samples = json.putObject("n-samples");
        for (TaskConfig task : set.configs()) {
            configs.set(task.name(), task.json());
            JsonNode version = task.json().path("metadata").path("version");
            versions.set(task.name(), version.isMissingNode() ? JSON.textNode("Yaml") : version);
            int shown = task.fewShot().count();
            shots.put(
                    task.name(),
                    shown == 0
                            ? task.json().path("metadata").path("num_fewshot").asInt(0)
                            : shown);
            ObjectNode better = higher.putObject(task.name());
            task.scoring()
                    .metrics()
                    .forEach(metric ->
                            better.put(metric.kind().printed(), metric.kind().higherIsBetter()));
            TaskResult result = result(task.name());
            samples.putObject(task.name()).put("original", result.size()).put("effective", result.asked());
        }
        for (Group group : groups()) {
            ArrayNode children = subtasks.putArray(group.name());
            group.children().forEach(child -> children.add(child.name()));
            ObjectNode better = higher(group, higher);
            if (!better.isEmpty()) {
                higher.set(group.name(), better);
            }
            Set<JsonNode> counts = new LinkedHashSet<>();
            group.children().stream()
                    .filter(child -> shots.has(child.name()))
                    .forEach(child -> counts.add(shots.path(child.name())));
            if (counts.size() == 1) {
                shots.set(group.name(), counts.iterator().next());
            }
            versions.put(group.name(), group.version() == null ? NOT_KNOWN : Values.text(group.version()));
        }
        json.putObject("config")
                .put("model", model)
                .put("bootstrap_iters", Aggregation.BOOTSTRAP)
                .put("fewshot_seed", Contexts.SEED);
        return json;
    }

    private TaskResult result(String task) {
        return Objects.requireNonNull(results.get(task));
    }

    /** A group precedes its members. */
    private List<Group> groups() {
        return set.nodes().stream()
                .flatMap(TaskNode::all)
                .filter(Group.class::isInstance)
                .map(Group.class::cast)
                .toList();
    }

    /** The value that all members of a group share, ignoring groups without a value yet; null if members disagree. */
    private static ObjectNode higher(Group group, ObjectNode known) {
        ObjectNode better = JSON.objectNode();
        for (TaskNode child : group.children()) {
            for (Map.Entry<String, JsonNode> metric : known.path(child.name()).properties()) {
                JsonNode other = better.get(metric.getKey());
                boolean disagree = other != null && !other.isNull() && !other.equals(metric.getValue());
                if (disagree) {
                    better.putNull(metric.getKey());
                } else if (other == null) {
                    better.set(metric.getKey(), metric.getValue());
                }
            }
        }
        return better;
    }

    private void add(TaskNode node, ObjectNode table, ObjectNode groups) {
        ObjectNode row = table.putObject(node.name());
        row.put("name", node.name());
        row.put("alias", Objects.requireNonNullElse(node.alias(), node.name()));
        if (!(node instanceof Group group)) {
            row.put("sample_len", result(node.name()).asked());
            result(node.name()).figures().forEach((metric, figure) -> put(row, metric, figure));
        } else if (group.aggregates() != null) {
            row.put(
                    "sample_len",
                    group.tasks().stream()
                            .mapToInt(task -> result(task.name()).asked())
                            .sum());
            ObjectNode counts = JSON.objectNode();
            for (Aggregate aggregate : group.aggregates()) {
                for (String filter : filters(aggregate, group)) {
                    add(aggregate, filter, group, row, counts);
                }
            }
            if (!counts.isEmpty()) {
                row.set("sample_count", counts);
            }
            groups.set(node.name(), row);
        }
    }

    private Collection<String> filters(Aggregate aggregate, Group group) {
        if (aggregate.filters() != null) {
            return aggregate.filters();
        }
        Set<String> filters = new TreeSet<>();
        String prefix = aggregate.metric() + ",";
        group.tasks()
                .forEach(task -> result(task.name()).figures().keySet().stream()
                        .filter(metric -> metric.startsWith(prefix))
                        .forEach(metric -> filters.add(metric.substring(prefix.length()))));
        return filters;
    }

    private static void put(ObjectNode row, String metric, Figure figure) {
        row.put(metric, figure.value());
        String error = metric.replaceFirst(",", "_stderr,");
        if (figure.error() == null) {
            row.put(error, NOT_KNOWN);
        } else {
            row.put(error, figure.error());
        }
    }

    private void add(Aggregate aggregate, String filter, Group group, ObjectNode row, ObjectNode counts) {
        String metric = aggregate.metric() + "," + filter;
        List<Double> errors = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        double sum = 0;
        double weights = 0;
        for (TaskConfig task : group.tasks()) {
            Figure figure = result(task.name()).figures().get(metric);
            if (figure != null) {
                int size = result(task.name()).asked();
                double weight = aggregate.weightBySize() ? size : 1;
                sum += figure.value() * weight;
                weights += weight;
                sizes.add(size);
                if (figure.error() != null) {
                    errors.add(figure.error());
                }
            }
        }
        if (!sizes.isEmpty()) {
            Double error = errors.size() < sizes.size()
                    ? null
                    : aggregate.weightBySize() ? Aggregation.pooled(errors, sizes) : Aggregation.ofMean(errors);
            put(row, metric, new Figure(sum / weights, error));
            counts.put(metric, sizes.stream().mapToInt(Integer::intValue).sum());
        }
    }
}
