package io.github.ftmaven.runtime.lmeval;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A task, or a group of tasks. */
sealed interface TaskNode permits TaskConfig, TaskNode.Group {
    /** Its name in results. */
    String name();

    /** Its name in tables; null for the same name. */
    @Nullable
    String alias();

    /** All tasks in it, in order. */
    default List<TaskConfig> tasks() {
        return this instanceof TaskConfig task
                ? List.of(task)
                : ((Group) this)
                        .children().stream()
                                .flatMap(child -> child.tasks().stream())
                                .toList();
    }

    /** It and all nodes below it, itself first. */
    default Stream<TaskNode> all() {
        return this instanceof Group group
                ? Stream.concat(Stream.of(this), group.children().stream().flatMap(TaskNode::all))
                : Stream.of(this);
    }

    /**
     * A group.
     *
     * @param aggregates {@code aggregate_metric_list}; null if the group has no scores of its own
     * @param version {@code metadata.version} as written; null for none
     */
    record Group(
            String name,
            @Nullable String alias,
            List<TaskNode> children,
            @Nullable List<Aggregate> aggregates,
            @Nullable Object version)
            implements TaskNode {
        public Group {
            children = List.copyOf(children);
        }
    }

    /**
     * A metric of a group: the mean over its tasks.
     *
     * @param filters null for all filters of a task
     */
    record Aggregate(
            String metric, boolean weightBySize, @Nullable List<String> filters) {
        public Aggregate {
            filters = filters == null ? null : List.copyOf(filters);
        }
    }
}
