package io.github.ftmaven.runtime.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpRequests.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training at a service that keeps the weights. */
class PointerTrainingTest {
    private static final String MODEL = "ft:mini-1:acme::1";

    @TempDir
    Path directory;

    private FakeService service;
    private HostedFixture fixture;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        service.kept = MODEL;
        fixture = new HostedFixture(directory);
        fixture.service = HostedSettings.Service.OPENAI;
        fixture.model = "mini-1";
        fixture.spec.clear();
        fixture.spec.addAll(List.of(
                "dataset.template: auto",
                "training.epochs: 2",
                "training.runner: openai",
                "evaluation.maxNewTokens: 8",
                "runner.openai.url: " + service.url(),
                "runner.openai.server: acme",
                "runner.openai.model: mini-1",
                "runner.openai.weights: kept"));
        Files.createDirectories(fixture.adapter());
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void leavesAPointer() throws IOException {
        HostedTraining.Result result = fixture.train(service);
        assertThat(result.kept()).isEqualTo(MODEL);
        assertThat(fixture.adapter()).isDirectoryContaining(file -> file.endsWith(ModelPointer.FILE));
        assertThat(ModelPointer.read(fixture.adapter(), "adapter"))
                .isEqualTo(new ModelPointer(
                        "OpenAI (" + service.host() + ")",
                        service.url(),
                        MODEL,
                        "mini-1",
                        null,
                        "ft-1",
                        HostedFixture.STAMP,
                        "2023-11-14T22:13:20Z",
                        "2031-01-14"));
        assertThat(service.requests).noneMatch(request -> request.contains("checkpoints"));
    }

    /** The service refuses what it does not know. */
    @Test
    void asksForNothingButTheProtocolsOwn() throws IOException {
        fixture.train(service);
        assertThat(service.job().path("method").toString())
                .isEqualTo("{\"type\":\"supervised\",\"supervised\":{\"hyperparameters\":{\"n_epochs\":2,"
                        + "\"batch_size\":16}}}");
        assertThat(service.job().has("hyperparameters")).isFalse();
        assertThat(service.job().path("metadata").path("ft_key").asText()).isEqualTo(HostedFixture.STAMP);
    }

    @Test
    void namesTheDeploymentAfterTheKey() throws IOException {
        fixture.spec.add("runner.openai.deployment: triage-{key}");
        fixture.train(service);
        ModelPointer pointer = ModelPointer.read(fixture.adapter(), "adapter");
        assertThat(pointer.deployment()).isEqualTo("triage-0123456789ab");
        assertThat(pointer.asked()).isEqualTo("triage-0123456789ab");
    }

    @Test
    void takesAServiceThatTellsNothingOfItsModels() throws IOException {
        service.fault("GET /models/" + MODEL, "404");
        fixture.train(service);
        assertThat(ModelPointer.read(fixture.adapter(), "adapter").until()).isNull();
    }

    @Test
    void refusesAJobWithoutAModel() {
        service.kept = null;
        assertThatThrownBy(() -> fixture.train(service))
                .isInstanceOf(HostedException.class)
                .hasMessageContaining(
                        "The job ft-1 at OpenAI (" + service.host() + ") succeeded, but it names no fine_tuned_model.");
    }

    @Test
    void knowsWhetherTheModelIsThere() throws IOException {
        fixture.train(service);
        ModelPointer pointer = ModelPointer.read(fixture.adapter(), "adapter");
        HostedSettings settings = new HostedSettings(
                HostedSettings.Service.OPENAI,
                service.url(),
                "mini-1",
                new ApiKey(FakeService.KEY, "the environment variable X"),
                null,
                false);
        Pace pace = new Pace(
                new Patience(Duration.ofSeconds(2), 2, Duration.ofMillis(1), Duration.ofSeconds(1)),
                Duration.ofMillis(1),
                Duration.ofMillis(2));
        assertThatCode(() -> KeptModelCheck.require(settings, pointer, pace)).doesNotThrowAnyException();
        service.kept = null;
        assertThatThrownBy(() -> KeptModelCheck.require(settings, pointer, pace))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("OpenAI (" + service.host() + ") does not have the model " + MODEL
                        + " of the job ft-1 (any more)");
        service.fault("GET /models/" + MODEL, "403");
        assertThatThrownBy(() -> KeptModelCheck.require(settings, pointer, pace))
                .isInstanceOf(HostedException.class)
                .hasMessageContaining("status 403");
    }
}
