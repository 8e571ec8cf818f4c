package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of {@code filter_list}: the steps that process a document's answers, until the last one takes the first
 * answer.
 */
record FilterPipeline(String name, List<Filter> filters) {
    /** The default of tasks without filters. */
    static final FilterPipeline DEFAULT = new FilterPipeline("none", List.of());

    FilterPipeline {
        filters = List.copyOf(filters);
    }

    /** A step. */
    @FunctionalInterface
    interface Filter {
        List<String> apply(List<String> answers, Document document);

        /** A step that treats every answer separately. */
        static Filter each(java.util.function.UnaryOperator<String> change) {
            return (answers, document) -> answers.stream().map(change).toList();
        }

        /** {@code take_first_k}. */
        static Filter takeFirst(int count) {
            return (answers, document) -> {
                if (answers.size() < count) {
                    throw new InvalidInputException("take_first_k needs " + Counted.of(count, "answer")
                            + ", but the document has " + answers.size() + ". Raise repeats.");
                }
                return answers.subList(0, count);
            };
        }

        /** {@code majority_vote}: the most frequent answer; of equals the first. */
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

    /** The final answer of a document. */
    String apply(List<String> answers, Document document) {
        List<String> filtered = new ArrayList<>(answers);
        for (Filter filter : filters) {
            filtered = filter.apply(filtered, document);
        }
        return filtered.get(0);
    }
}
