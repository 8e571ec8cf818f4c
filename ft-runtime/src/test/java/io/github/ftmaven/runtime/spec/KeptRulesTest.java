package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptRulesTest {
    private static TestSpec account(String url, String... lines) {
        return new TestSpec()
                .set("base.model: base", "dataset.template: auto")
                .set("training.runner: openai", "runner.openai.server: azure", "runner.openai.model: gpt-4o-mini")
                .set("runner.openai.url: " + url)
                .set(lines);
    }

    private static TestSpec kept(String... lines) {
        return account("https://x.openai.azure.com/openai/v1")
                .set("runner.openai.weights: kept", "evaluation.maxNewTokens: 16")
                .set(lines);
    }

    @Test
    void readsNoWeightsOfTheBase() {
        FineTuneSpec spec = kept("runner.openai.deployment: triage-{key}").spec();
        assertThat(spec.readsWeights()).isFalse();
        KeptSpec kept = spec.keeper().orElseThrow().kept();
        assertThat(kept.deploymentOf("0123456789abcdef")).isEqualTo("triage-0123456789ab");
        assertThat(kept().spec().keeper().orElseThrow().kept().deploymentOf("01"))
                .isNull();
    }

    @Test
    void takesWeightsBackUnlessToldOtherwise() {
        for (String line : new String[] {"training.seed: 1", "runner.openai.weights: returned"}) {
            FineTuneSpec spec = account("https://api.example.com/v1", line).spec();
            assertThat(spec.keeper()).isEmpty();
            assertThat(spec.readsWeights()).isTrue();
        }
        assertThat(kept("training.runner: local").spec().keeper()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataset.maxLength: 99 | dataset.maxLength is up to a service that keeps the weights",
                "adapter.rank: 16 | adapter.rank is up to a service",
                "adapter.alpha: 32 | adapter.alpha is up to a service",
                "adapter.targets: all-linear | adapter.targets is up to a service",
                "adapter.dropout: 0 | adapter.dropout is up to a service",
                "training.learningRate: 1.0e-3 | training.learningRate is up to a service",
                "training.warmup: 0.1 | training.warmup is up to a service",
                "training.schedule: cosine | training.schedule: the OpenAI protocol cannot honour it",
                "artifact.formats: [peft, merged] | artifact.formats may only be peft, which is the jar: runner.openai.weights is kept",
                "artifact.docker: vllm | artifact.docker serves weights, but runner.openai.weights is kept; remove it",
                "evaluation.metrics: [accuracy, perplexity] | evaluation.metrics: perplexity needs the likelihood of a text",
                "evaluation.retention: text.md | evaluation.retention needs the likelihood of a text",
                "evaluation.tasks: [task.yaml] | evaluation.tasks puts tasks to weights",
                "evaluation.batchSize: 4 | evaluation.batchSize has no effect on a service that answers",
                "evaluation.maxNewTokens: null | evaluation.maxNewTokens is missing",
                "runner.openai.model: null | runner.openai.model is missing: the service's name of the base",
                "runner.openai.deployment: triage | runner.openai.deployment is without {key}",
                "runner.openai.evaluation.maxPrice: 3 | runner.openai.evaluation.maxPrice needs the price of the models"
            })
    void refusesWhatNeedsWeights(String line, String message) {
        refused(kept(line), message);
    }

    @Test
    void asksNoCluster() {
        refused(
                kept("evaluation.runner: spark", "runner.spark.workers: 2"),
                "evaluation.runner is spark, but the service answers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://API.openai.com/v1/ | api.openai.com keeps the weights of a fine-tune; add runner.openai.weights: kept",
                "https://x.openai.azure.com/openai/v1 | x.openai.azure.com keeps the weights of a fine-tune",
                "https://x.services.ai.azure.com/openai/v1 | x.services.ai.azure.com keeps the weights",
                "https://api.mistral.ai/v1 | the jobs of api.mistral.ai have keys and states of their own"
            })
    void knowsWhoKeepsWeights(String url, String message) {
        refused(account(url), "runner.openai.url: " + message);
    }

    @ParameterizedTest
    @CsvSource({"deployment, t-{key}", "baseDeployment, base", "evaluation, {maxRequests: 3}"})
    void wantsTheWordForIt(String key, String value) {
        String line = "runner.openai." + key + ": " + value;
        refused(
                account("https://api.example.com/v1", line),
                "runner.openai." + key + " has no effect without runner.openai.weights: kept");
    }

    @Test
    void warnsOfTheEndOfOpenAi() {
        FineTuneSpec spec = account("https://api.openai.com/v1")
                .set("runner.openai.weights: kept", "evaluation.maxNewTokens: 16")
                .spec();
        assertThat(WeightsKept.end(spec, LocalDate.of(2027, 1, 5)))
                .contains("runner.openai.url: OpenAI takes no new fine-tuning jobs from 2027-01-06 on. Plan to move to"
                        + " another service, or to training.runner: local.");
        assertThat(WeightsKept.end(spec, LocalDate.of(2027, 1, 6)).orElseThrow())
                .contains("has taken no new fine-tuning jobs since 2027-01-06");
        assertThat(WeightsKept.end(kept().spec(), LocalDate.of(2027, 1, 6))).isEmpty();
    }

    private static void refused(TestSpec spec, String message) {
        assertThatThrownBy(spec::spec)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message)
                .hasMessageMatching("(?s)fine-tune.yaml:\\d+:\\d+: .*");
    }
}
