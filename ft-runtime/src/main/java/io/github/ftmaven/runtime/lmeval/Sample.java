package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.template.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one document under one filter.
 *
 * @param id the document's index in its split
 * @param question the document's input, without examples
 * @param scores for each metric, the parts of its aggregation
 */
record Sample(
        int id,
        Document document,
        List<String> question,
        Target target,
        Exchange exchange,
        Answer answer,
        Map<MetricKind, double[]> scores) {
    /**
     * The target.
     *
     * @param value the result of {@code doc_to_target}
     * @param expected the expected text; empty if only a likelihood is known
     */
    record Target(Object value, String expected) {
        /** The target as Python prints it. */
        String printed() {
            return Values.text(value);
        }
    }

    /**
     * The conversation with the model.
     *
     * @param requests the arguments of each request
     * @param responses the responses to each request, one for each repeat
     */
    record Exchange(List<List<Object>> requests, List<List<Object>> responses) {
        Exchange {
            requests = List.copyOf(requests);
        }
    }

    /**
     * The answer under the filter.
     *
     * @param text the generated or chosen text; empty if only a likelihood is known
     * @param filtered the filter's result
     * @param error the reason why it could not be filtered and counts as empty; null if it could
     */
    record Answer(
            String text, List<Object> filtered, @Nullable String error) {}
}
