package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.template.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one document under one filter.
 *
 * @param id the document's index in its split
 * @param target the result of {@code doc_to_target}
 * @param expected the expected text; empty if only a likelihood is known
 * @param answer the generated or chosen text; empty if only a likelihood is known
 * @param question the document's input, without examples
 * @param requests the arguments of each request to the model
 * @param responses the model's responses to each request, one for each repeat
 * @param filtered the filter's result
 * @param scores for each metric, the parts of its aggregation
 * @param error the reason why the answer could not be filtered and counts as empty; null if it could
 */
record Sample(
        int id,
        Document document,
        Object target,
        String expected,
        String answer,
        List<String> question,
        List<List<Object>> requests,
        List<List<Object>> responses,
        List<Object> filtered,
        Map<MetricKind, double[]> scores,
        @Nullable String error) {
    /** A sample with likelihoods only. */
    Sample {
        requests = List.copyOf(requests);
    }

    /** The target as Python prints it. */
    String targetText() {
        return Values.text(target);
    }
}
