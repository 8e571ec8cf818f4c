package io.github.ftmaven.runtime.lmeval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.lmeval.TaskNode.Aggregate;
import io.github.ftmaven.runtime.lmeval.TaskNode.Group;
import io.github.ftmaven.runtime.lmeval.TaskResult.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Results in lm-eval's layout; groups are the means of their tasks. */
final class HarnessResults {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NOT_KNOWN = "N/A";

    private final TaskSet set;
    private final Map<String, TaskResult> results;

    HarnessResults(TaskSet.Results results) {
        this.set = results.set();
        this.results = results.all();
    }

    ObjectNode json(String model) {
        ObjectNode json = JSON.createObjectNode();
        ObjectNode table = json.putObject("results");
        ObjectNode groups = JSON.createObjectNode();
        add(set.nodes(), 0, table, groups);
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
            versions.set(
                    task.name(), version.isMissingNode() ? JSON.getNodeFactory().textNode("Yaml") : version);
            int shown = task.fewShot().count();
            shots.put(
                    task.name(),
                    shown == 0
                            ? task.json().path("metadata").path("num_fewshot").asInt(0)
                            : shown);
            ObjectNode better = higher.putObject(task.name());
            task.metrics()
                    .forEach(metric ->
                            better.put(metric.kind().word(), metric.kind().higherIsBetter()));
            TaskResult result = result(task.name());
            samples.putObject(task.name()).put("original", result.size()).put("effective", result.asked());
        }
        set.nodes().stream().filter(TaskConfig.class::isInstance).forEach(node -> subtasks.putArray(node.name()));
        List<Group> all = set.nodes().stream()
                .flatMap(TaskNode::all)
                .filter(Group.class::isInstance)
                .map(Group.class::cast)
                .toList();
        ObjectNode ofGroups = JSON.createObjectNode();
        all.forEach(group -> group.tasks().forEach(task -> ofGroups.setAll((ObjectNode) higher.path(task.name()))));
        for (Group group : all) {
            ArrayNode children = subtasks.putArray(group.name());
            group.children().forEach(child -> children.add(child.name()));
            higher.set(group.name(), ofGroups);
            if (group.version() != null && group.aggregates() != null) {
                versions.set(group.name(), JSON.valueToTree(group.version()));
            }
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

    private void add(List<TaskNode> nodes, int depth, ObjectNode table, ObjectNode groups) {
        for (TaskNode node :
                nodes.stream().sorted(Comparator.comparing(TaskNode::name)).toList()) {
            String alias = (depth == 0 ? "" : " ".repeat(depth) + "- ")
                    + Objects.requireNonNullElse(node.alias(), node.name());
            ObjectNode row = table.putObject(node.name());
            if (node instanceof Group group) {
                row.put("alias", alias);
                Map<String, Figure> figures = figures(group);
                figures.forEach((metric, figure) -> put(row, metric, figure));
                if (group.aggregates() == null) {
                    row.put(" ", " ");
                } else {
                    groups.set(node.name(), row);
                }
                add(group.children(), depth + 1, table, groups);
            } else {
                row.put("alias", alias);
                result(node.name()).figures().forEach((metric, figure) -> put(row, metric, figure));
            }
        }
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

    private Map<String, Figure> figures(Group group) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Aggregate aggregate : group.aggregates() == null ? List.<Aggregate>of() : group.aggregates()) {
            for (String filter : aggregate.filters()) {
                String metric = aggregate.metric() + "," + filter;
                List<Double> errors = new ArrayList<>();
                List<Integer> sizes = new ArrayList<>();
                boolean known = true;
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
                        known &= figure.error() != null;
                        errors.add(figure.error() == null ? 0 : figure.error());
                    }
                }
                if (!sizes.isEmpty()) {
                    figures.put(metric, new Figure(sum / weights, known ? Aggregation.pooled(errors, sizes) : null));
                }
            }
        }
        return figures;
    }
}
