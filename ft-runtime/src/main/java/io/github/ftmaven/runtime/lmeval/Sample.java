package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.template.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one document by one filter.
 *
 * @param id the document's place in its split
 * @param target what {@code doc_to_target} gives
 * @param expected the text that was expected; empty where nothing but a likelihood is known
 * @param answer the text that was answered or chosen; empty where nothing but a likelihood is known
 * @param question what it asks, without what is shown before it
 * @param requests what the model was asked: for each request its arguments
 * @param responses for each request what it answered, once for each repeat
 * @param filtered what the filter made of them
 * @param scores for each metric the parts that its aggregation takes
 * @param error why the answer could not be filtered, and counts as empty; null where it could
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
    /** One of which only likelihoods are known. */
    Sample {
        requests = List.copyOf(requests);
    }

    /** The target as Python prints it. */
    String targetText() {
        return Values.text(target);
    }
}
