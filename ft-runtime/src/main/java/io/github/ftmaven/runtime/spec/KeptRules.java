package io.github.ftmaven.runtime.spec;

import java.util.List;

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

    private final SpecKeys keys;

    KeptRules(SpecKeys keys) {
        this.keys = keys;
    }

    void check() {
        String url = keys.at(URL).asText("");
        if (keys.at(URL).isNull()) {
            keys.refuse(SECTION, URL + " is missing: the base URL of the service, up to and including /v1");
        } else if (WeightsKept.isMistral(url)) {
            keys.refuse(
                    URL,
                    URL + ": the jobs of " + WeightsKept.host(url)
                            + " have keys and states of their own, which no runner"
                            + " speaks; choose another service, or another training.runner");
        }
        if (keys.is(WEIGHTS, Handover.KEPT)) {
            nothingNeedsWeights();
            questionsAreAskedByChat();
            theNamesAreKnown();
            spendingHasAPrice();
        } else {
            if (WeightsKept.isAt(url)) {
                keys.refuse(
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
        if (keys.at(formats).size() != 1 || !keys.is(formats + "[0]", PackageFormat.PEFT)) {
            keys.refuse(
                    formats,
                    formats + " may only be peft, which is the jar: " + WEIGHTS + " is kept, so there are no weights");
        }
        String docker = "artifact.docker";
        if (!keys.is(docker, Docker.NONE)) {
            keys.refuse(docker, docker + " serves weights, but " + WEIGHTS + " is kept; remove it");
        }
    }

    private void questionsAreAskedByChat() {
        String likelihood = " needs the likelihood of a text, which the chat protocol does not tell (" + WEIGHTS
                + " is kept); remove it";
        for (int i = 0; i < keys.at(METRICS).size(); i++) {
            if (keys.is(METRICS + "[" + i + "]", Metric.PERPLEXITY)) {
                keys.refuse(METRICS, SECTION, METRICS + ": perplexity" + likelihood);
            }
        }
        refuse("evaluation.retention", likelihood.strip());
        refuse("evaluation.tasks", "puts tasks to weights, but " + WEIGHTS + " is kept; remove it, or write a suite");
        refuse("evaluation.batchSize", "has no effect on a service that answers (" + WEIGHTS + " is kept); remove it");
        String runner = "evaluation.runner";
        if (keys.is(runner, EvaluationRunner.SPARK)) {
            keys.refuse(runner, runner + " is spark, but the service answers (" + WEIGHTS + " is kept); remove it");
        }
        String longest = "evaluation.maxNewTokens";
        if (keys.at(longest).isNull()) {
            keys.refuse(
                    WEIGHTS,
                    longest + " is missing: the most tokens of an answer, which the service is paid for (" + WEIGHTS
                            + " is kept)");
        }
    }

    private void theNamesAreKnown() {
        if (keys.at(SECTION + ".model").isNull()) {
            keys.refuse(
                    WEIGHTS,
                    SECTION
                            + ".model is missing: the service's name of the base, because base.model only counts tokens ("
                            + WEIGHTS + " is kept)");
        }
        String deployment = keys.at(DEPLOYMENT).asText(KeptSpec.KEY); // absent: the model's own name
        if (!deployment.contains(KeptSpec.KEY)) {
            keys.refuse(
                    DEPLOYMENT,
                    DEPLOYMENT + " is without {key}, so it could be the deployment of an earlier fine-tune; write "
                            + deployment + "-{key}");
        }
    }

    private void spendingHasAPrice() {
        String budget = SECTION + ".evaluation";
        if (keys.at(budget + ".maxPrice").isNumber()
                && !keys.at(budget + ".price").isObject()) {
            keys.refuse(
                    budget + ".maxPrice",
                    budget + ".maxPrice needs the price of the models; set " + budget + ".price, or use maxRequests");
        }
    }

    private void refuse(String key, String why) {
        keys.refuse(key, key + " " + why);
    }
}
