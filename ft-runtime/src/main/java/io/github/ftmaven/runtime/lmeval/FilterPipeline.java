package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of {@code filter_list}: what is done to the answers of a document, in order, until the last one takes the
 * first.
 */
record FilterPipeline(String name, List<Filter> filters) {
    /** Where a task names no filters. */
    static final FilterPipeline DEFAULT = new FilterPipeline("none", List.of());

    FilterPipeline {
        filters = List.copyOf(filters);
    }

    /** One step. */
    @FunctionalInterface
    interface Filter {
        List<String> apply(List<String> answers, Document document);

        /** One that treats every answer alone. */
        static Filter each(java.util.function.UnaryOperator<String> change) {
            return (answers, document) -> answers.stream().map(change).toList();
        }

        /** {@code take_first_k}. */
        static Filter takeFirst(int count) {
            return (answers, document) -> {
                if (answers.size() < count) {
                    throw new InvalidInputException("take_first_k wants " + Counted.of(count, "answer") + ", but has "
                            + answers.size() + ". Raise repeats.");
                }
                return answers.subList(0, count);
            };
        }

        /** {@code majority_vote}: the most frequent answer, the first of equals. */
        static Filter majority() {
            return (answers, document) -> {
                Map<String, Integer> votes = new LinkedHashMap<>();
                answers.forEach(answer -> votes.merge(answer, 1, Integer::sum));
                String winner = answers.get(0);
                for (Map.Entry<String, Integer> vote : votes.entrySet()) {
                    winner = vote.getValue() > votes.getOrDefault(winner, 0) ? vote.getKey() : winner;
                }
                return List.of(winner);
            };
        }
    }

    /** The one answer of a document. */
    String apply(List<String> answers, Document document) {
        List<String> filtered = new ArrayList<>(answers);
        for (Filter filter : filters) {
            filtered = filter.apply(filtered, document);
        }
        return filtered.get(0);
    }
}
