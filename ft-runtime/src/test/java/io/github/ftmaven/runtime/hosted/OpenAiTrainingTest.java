package io.github.ftmaven.runtime.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.http.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenAiTrainingTest {
    @TempDir
    Path directory;

    private FakeService service;
    private HostedFixture fixture;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        fixture = new HostedFixture(directory);
        fixture.service = HostedSettings.Service.OPENAI;
        service.delivered.putAll(fixture.trained());
        service.delivered.put("tokenizer.json", new byte[] {'{', '}'});
        service.statuses.addAll(List.of("validating_files", "paused", "running", "succeeded"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void trainsAndBringsTheLastCheckpoint() throws IOException {
        service.events.clear();
        service.events.addAll(List.of("one", "two", "three", "four", "five"));
        assertThat(fixture.train(service).id()).isEqualTo("ft-1");
        assertThat(fixture.adapter().resolve(PeftAdapter.WEIGHTS))
                .hasBinaryContent(fixture.trained().get(PeftAdapter.WEIGHTS));
        JsonNode body = service.job();
        assertThat(body.path("suffix").asText()).isEqualTo(HostedFixture.SUFFIX);
        assertThat(body.path("metadata").path("ft_key").asText()).isEqualTo(HostedFixture.STAMP);
        assertThat(body.path("seed").asInt()).isEqualTo(42);
        assertThat(body.path("hyperparameters").toString())
                .isEqualTo("{\"n_epochs\":2,\"batch_size\":16,\"learning_rate\":2.0E-4,\"warmup_ratio\":0.05,"
                        + "\"weight_decay\":0.0,\"max_grad_norm\":1.0,\"packing\":false,\"lora\":true,\"lora_r\":4,"
                        + "\"lora_alpha\":8,\"lora_dropout\":0.0}");
        // Three pages, the newest first, at every look.
        assertThat(fixture.said.stream().filter(text -> text.matches("Job ft-1: (one|two|three|four|five)")))
                .containsExactly(
                        "Job ft-1: one", "Job ft-1: two", "Job ft-1: three", "Job ft-1: four", "Job ft-1: five");
        assertThat(fixture.said).contains("WARN OpenAI (" + service.host() + ") does not say what the job will cost.");
        assertThat(service.requests).doesNotContain("GET /files/file-a2/content"); // the tokenizer
    }

    @Test
    void findsItsJobOnALaterPage() throws IOException {
        for (int i = 0; i < 5; i++) {
            service.jobs.add(
                    JsonNodeFactory.instance.objectNode().put("id", "ft-x" + i).put("status", "succeeded"));
        }
        service.jobs.get(4).putObject("metadata").put("ft_key", HostedFixture.STAMP);
        service.statuses.clear();
        assertThat(fixture.train(service).id()).isEqualTo("ft-x4");
        assertThat(service.jobs).hasSize(5);
        assertThat(service.uploads).isEmpty();
    }

    @Test
    void refusesToSpendWithoutAPrice() {
        fixture.maxPrice = 1.0;
        refused("runner.openai.maxPrice is 1.00, but OpenAI (" + service.host() + ") does not say what a job costs, so"
                + " nothing was spent. Remove the key if you know the price.");
    }

    @Test
    void saysThatAServiceKeptTheWeights() {
        service.fault("GET /fine_tuning/jobs/ft-1/checkpoints", "404");
        assertThatThrownBy(() -> fixture.train(service))
                .isInstanceOf(HostedException.class)
                .hasMessage("The job ft-1 at OpenAI (" + service.host()
                        + ") succeeded, but left no adapter to download. If the"
                        + " service keeps the weights, write runner.openai.weights: kept.");
    }

    @Test
    void wantsTenRows() throws IOException {
        Files.writeString(directory.resolve("train.jsonl"), HostedFixture.row("q", "a"));
        refused("dataset.train: The OpenAI protocol trains on at least 10 rows, but there is 1. Add some.");
        assertThat(service.uploads).isEmpty();
    }

    @Test
    void wantsAUrlWithoutCredentials() {
        for (String url :
                new String[] {"nebius", "https://user:secret@x.y/v1", "ftp://x.y/v1", "https://x.y/v1?key=secret"}) {
            assertThatThrownBy(() -> fixture.training(url))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("runner.openai.url is not a URL without credentials. Write one like"
                            + " https://api.together.xyz/v1.");
        }
        HostedSettings none = new HostedSettings(fixture.service, null, null, ApiKey.NONE, null, false);
        assertThatThrownBy(none::base)
                .hasMessage(
                        "runner.openai.url is missing: the base URL of the service, up to and including /v1, such as"
                                + " https://api.tokenfactory.nebius.com/v1.");
    }

    private void refused(String message) {
        assertThatThrownBy(() -> fixture.train(service))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }
}
