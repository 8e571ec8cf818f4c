package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.List;
import java.util.Map;

/**
 * Checks a spec against whether its service keeps the weights. What needs weights, or the likelihood of a text, is an error
 * then.
 */
final class KeptRules {
    private static final String SECTION = "runner.openai";
    private static final String URL = SECTION + ".url";
    private static final String WEIGHTS = SECTION + ".weights";
    private static final String DEPLOYMENT = SECTION + ".deployment";
    private static final String METRICS = "evaluation.metrics";

    /** Keys that mean something only where weights are kept. */
    private static final List<String> OF_KEPT = List.of("deployment", "baseDeployment", "evaluation");

    /** Keys of a training that such a service takes from nobody. */
    private static final List<String> OF_THE_SERVICE = List.of(
            "dataset.maxLength",
            "adapter.rank",
            "adapter.alpha",
            "adapter.scaling",
            "adapter.targets",
            "adapter.dropout",
            "training.learningRate",
            "training.warmup",
            "training.weightDecay",
            "training.maxGradientNorm");

    private final JsonNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    KeptRules(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    void check() {
        String url = at(URL).asText("");
        if (at(URL).isNull()) {
            add(SECTION, URL + " is missing: the base URL of the service, up to and including /v1");
        } else if (WeightsKept.isMistral(url)) {
            add(
                    URL,
                    URL + ": the jobs of " + WeightsKept.host(url)
                            + " have keys and states of their own, which no runner"
                            + " speaks; choose another service, or another training.runner");
        }
        if (at(WEIGHTS).asText("").equals(SpecWords.word(Handover.KEPT))) {
            nothingNeedsWeights();
            questionsAreAskedByChat();
            theNamesAreKnown();
            spendingHasAPrice();
        } else {
            if (WeightsKept.isAt(url)) {
                add(
                        URL,
                        URL + ": " + WeightsKept.host(url)
                                + " keeps the weights of a fine-tune; add runner.openai.weights: kept, which packages a"
                                + " pointer to them");
            }
            OF_KEPT.forEach(key -> refuse(
                    SECTION + "." + key, "has no effect without runner.openai.weights: kept; remove it, or add that"));
        }
    }

    private void nothingNeedsWeights() {
        OF_THE_SERVICE.forEach(
                key -> refuse(key, "is up to a service that keeps the weights (" + WEIGHTS + "); remove the key"));
        String formats = "artifact.formats";
        if (at(formats).size() != 1 || !at(formats).path(0).asText().equals(SpecWords.word(PackageFormat.PEFT))) {
            add(
                    formats,
                    formats + " may only be peft, which is the jar: " + WEIGHTS + " is kept, so there are no weights");
        }
        String docker = "artifact.docker";
        if (!at(docker).asText().equals(SpecWords.word(Docker.NONE))) {
            add(docker, docker + " serves weights, but " + WEIGHTS + " is kept; remove it");
        }
    }

    private void questionsAreAskedByChat() {
        String likelihood = " needs the likelihood of a text, which the chat protocol does not tell (" + WEIGHTS
                + " is kept); remove it";
        for (int i = 0; i < at(METRICS).size(); i++) {
            if (at(METRICS).get(i).asText().equals(SpecWords.word(Metric.PERPLEXITY))) {
                add(METRICS, METRICS + ": perplexity" + likelihood);
            }
        }
        refuse("evaluation.retention", likelihood.strip());
        refuse("evaluation.tasks", "puts tasks to weights, but " + WEIGHTS + " is kept; remove it, or write a suite");
        refuse("evaluation.batchSize", "has no effect on a service that answers (" + WEIGHTS + " is kept); remove it");
        String runner = "evaluation.runner";
        if (at(runner).asText("").equals(SpecWords.word(EvaluationRunner.SPARK))) {
            add(runner, runner + " is spark, but the service answers (" + WEIGHTS + " is kept); remove it");
        }
        String longest = "evaluation.maxNewTokens";
        if (at(longest).isNull()) {
            add(
                    WEIGHTS,
                    longest + " is missing: the most tokens of an answer, which the service is paid for (" + WEIGHTS
                            + " is kept)");
        }
    }

    private void theNamesAreKnown() {
        if (at(SECTION + ".model").isNull()) {
            add(
                    WEIGHTS,
                    SECTION
                            + ".model is missing: the service's name of the base, because base.model only counts tokens ("
                            + WEIGHTS + " is kept)");
        }
        String deployment = at(DEPLOYMENT).asText(KeptSpec.KEY); // absent: the model's own name
        if (!deployment.contains(KeptSpec.KEY)) {
            add(
                    DEPLOYMENT,
                    DEPLOYMENT + " is without {key}, so it could be the deployment of an earlier fine-tune; write "
                            + deployment + "-{key}");
        }
    }

    private void spendingHasAPrice() {
        String budget = SECTION + ".evaluation";
        if (at(budget + ".maxPrice").isNumber() && !at(budget + ".price").isObject()) {
            add(
                    budget + ".maxPrice",
                    budget + ".maxPrice needs the price of the models; set " + budget + ".price, or use maxRequests");
        }
    }

    private void refuse(String key, String why) {
        if (places.containsKey(key)) {
            add(key, key + " " + why);
        }
    }

    private JsonNode at(String path) {
        JsonNode found = spec.at("/" + path.replace('.', '/'));
        return found.isMissingNode() ? NullNode.getInstance() : found;
    }

    /** Reports at the key, or at the service if the key is not in the file. */
    private void add(String path, String text) {
        Place place = places.getOrDefault(path, places.get(SECTION));
        if (place != null && !problems.touch(path)) {
            problems.add(place.value(), path, text);
        }
    }
}
