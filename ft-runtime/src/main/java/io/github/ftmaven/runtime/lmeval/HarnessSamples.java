package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.lmeval.LanguageModel.Likelihood;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes samples in lm-eval's layout. */
final class HarnessSamples {
    private HarnessSamples() {}

    /** A line for each filter and document. */
    static List<String> lines(TaskResult result) {
        List<String> lines = new ArrayList<>();
        result.samples()
                .forEach((filter, samples) ->
                        samples.forEach(sample -> lines.add(TemplateJson.of(line(filter, sample), false))));
        return lines;
    }

    private static Map<Object, Object> line(String filter, Sample sample) {
        Map<Object, Object> line = new LinkedHashMap<>();
        line.put("doc_id", (long) sample.id());
        line.put("doc", sample.document().values());
        line.put("target", sample.target().printed());
        Map<Object, Object> requests = new LinkedHashMap<>();
        for (int i = 0; i < sample.exchange().requests().size(); i++) {
            Map<Object, Object> arguments = new LinkedHashMap<>();
            for (int j = 0; j < sample.exchange().requests().get(i).size(); j++) {
                arguments.put("arg_" + j, sample.exchange().requests().get(i).get(j));
            }
            requests.put("gen_args_" + i, arguments);
        }
        line.put("arguments", requests);
        line.put("resps", printed(sample.exchange().responses()));
        line.put("filtered_resps", printed(sample.answer().filtered()));
        line.put("filter", filter);
        line.put(
                "metrics",
                sample.scores().keySet().stream().map(MetricKind::printed).toList());
        hashes(sample).forEach(line::put);
        if (sample.answer().error() != null) {
            line.put("error", sample.answer().error());
        }
        sample.scores().forEach((kind, parts) -> line.put(kind.printed(), score(kind, parts, sample)));
        return line;
    }

    /** The SHA-256 of the document, the prompt and the target, as in lm-eval. */
    static Map<String, String> hashes(Sample sample) {
        Map<String, String> hashes = new LinkedHashMap<>();
        hashes.put("doc_hash", Digests.sha256(TemplateJson.of(sample.document().values(), true)));
        hashes.put(
                "prompt_hash",
                Digests.sha256(Values.text(sample.exchange().requests().get(0).get(0))));
        hashes.put("target_hash", Digests.sha256(sample.target().printed()));
        return hashes;
    }

    private static Object printed(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(HarnessSamples::printed).toList();
        }
        if (value instanceof Likelihood likelihood) {
            return List.of(Values.text(likelihood.logProbability()), Values.text(likelihood.greedy()));
        }
        return Values.text(value);
    }

    /** The values that lm-eval keeps of a document for aggregation; for a Brier score the distance itself. */
    private static Object score(MetricKind kind, double[] parts, Sample sample) {
        return switch (kind.aggregation()) {
            case MEAN, BRIER_SCORE, PERPLEXITY -> parts[0];
            case BLEU, CHRF ->
                List.of(sample.target().expected(), sample.answer().filtered().get(0));
            case F1, WEIGHTED_F1, MATTHEWS_CORRCOEF -> List.of((long) parts[0], (long) parts[1]);
            case WEIGHTED_PERPLEXITY, BITS_PER_BYTE -> List.of(parts[0], (long) parts[1]);
        };
    }
}
