package io.github.ftmaven.runtime.hosted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.journal.StoppedException;
import io.github.ftmaven.runtime.model.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TogetherTrainingTest {
    private static final String CREATE = "POST /fine-tunes";

    @TempDir
    Path directory;

    private FakeService service;
    private HostedFixture fixture;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
        fixture = new HostedFixture(directory);
        service.delivered.put("adapter", Archives.zstd(Archives.tar(fixture.trained())));
        service.statuses.addAll(List.of("queued", "running", "warming_up_the_pods", "compressing", "completed"));
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void trainsAndBringsTheAdapter() throws IOException {
        fixture.maxPrice = 5.0;
        HostedTraining.Result result = fixture.train(service);
        assertThat(result)
                .isEqualTo(new HostedTraining.Result(
                        "Together (" + service.host() + ")", "ft-1", "tiny/Llama", 6, 0, null));

        PeftAdapter adapter = PeftAdapter.read(fixture.adapter(), "a", TestModels.tinyArchitecture());
        assertThat(adapter.config().baseModel()).isEqualTo("tiny/Llama");
        assertThat(adapter.config().revision()).isEqualTo("abc");
        assertThat(fixture.adapter().resolve(PeftAdapter.WEIGHTS))
                .hasBinaryContent(fixture.trained().get(PeftAdapter.WEIGHTS));

        JsonNode body = service.job();
        assertThat(body.path("model").asText()).isEqualTo("tiny/Llama");
        assertThat(body.path("suffix").asText()).isEqualTo(HostedFixture.SUFFIX).hasSizeLessThanOrEqualTo(40);
        assertThat(body.path("n_epochs").asInt()).isEqualTo(2);
        assertThat(body.path("random_seed").asInt()).isEqualTo(42);
        assertThat(body.path("training_type").toString())
                .isEqualTo("{\"type\":\"Lora\",\"lora_r\":4,\"lora_alpha\":8,\"lora_dropout\":0.0,"
                        + "\"lora_trainable_modules\":\"all-linear\"}");
        assertThat(body.path("training_method").path("train_on_inputs").asBoolean(true))
                .isFalse();
        assertThat(body.path("lr_scheduler").path("lr_scheduler_type").asText()).isEqualTo("cosine");
        assertThat(body.path("training_file").asText()).isEqualTo("file-1");
        assertThat(body.has("validation_file")).isFalse();

        String form = Objects.requireNonNull(service.uploads.get("file-1"));
        assertThat(form)
                .contains("name=\"purpose\"\r\n\r\nfine-tune", "filename=\"" + HostedFixture.SUFFIX + "-train.jsonl\"");
        assertThat(HostedFixture.rows(form))
                .hasSize(12)
                .contains(
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"q3\"},{\"role\":\"assistant\",\"content\":\"a3\"}]}");

        assertThat(fixture.said)
                .contains(
                        "The job will cost about 4.50 USD, as Together (" + service.host()
                                + ") estimates; runner.together.maxPrice is 5.00.",
                        "Job ft-1: warming_up_the_pods.")
                .containsOnlyOnce("Job ft-1: Training started");
        assertThat(fixture.progress).isNotEmpty().allMatch(each -> each.step() == 3 && each.steps() == 6);
        try (Stream<Path> left = Files.list(directory.resolve("scratch"))) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("job.json");
        }
    }

    @Test
    void createsOneJobForOneKey() throws IOException {
        fixture.train(service);
        fixture.train(service);
        assertThat(service.count(CREATE)).isEqualTo(1);
        assertThat(service.count("POST /files/upload")).isEqualTo(1);
        assertThat(fixture.said)
                .contains("Joining the job ft-1 at Together (" + service.host()
                        + "), which has this training's key (completed). Nothing is paid again.");

        // Another machine knows only the key; another key is another job.
        Files.delete(directory.resolve("scratch/job.json"));
        fixture.train(service);
        assertThat(service.count(CREATE)).isEqualTo(1);
        fixture.stamp = HostedFixture.STAMP.replace('0', 'f');
        service.statuses.add("completed");
        fixture.train(service);
        assertThat(service.count(CREATE)).isEqualTo(2);
    }

    @Test
    void findsItsJobAgainAfterAnInterruption() throws IOException {
        fixture.stopAfter = 1;
        assertThatThrownBy(() -> fixture.train(service))
                .isInstanceOf(StoppedException.class)
                .hasMessage("The job ft-1 at Together (" + service.host()
                        + ") goes on there, and is paid for. The next build joins it.");
        assertThat(fixture.adapter()).doesNotExist();
        fixture.stopAfter = Integer.MAX_VALUE;
        fixture.train(service);
        assertThat(service.count(CREATE)).isEqualTo(1);
        assertThat(fixture.adapter()).isDirectoryContaining("glob:**" + PeftAdapter.WEIGHTS);
    }

    @Test
    void findsItsJobAgainAfterTheServiceWasAway() throws IOException {
        service.fault("GET /fine-tunes/ft-1", "", "gone");
        String host = service.host();
        assertThatThrownBy(() -> fixture.train(service))
                .isInstanceOf(HostedException.class)
                .hasMessageStartingWith("Together: ")
                .hasMessageContaining(host)
                .hasMessageEndingWith(". The job ft-1 at Together (" + host
                        + ") goes on there, and is paid for. The next build joins it.");
        assertThat(fixture.adapter()).doesNotExist();
        service = service.again();
        assertThat(fixture.train(service).id()).isEqualTo("ft-1");
        assertThat(service.count(CREATE)).isZero();
        assertThat(fixture.adapter()).isDirectoryContaining("glob:**" + PeftAdapter.WEIGHTS);
    }

    @Test
    void cancelsWhereAsked() throws IOException {
        fixture.stopAfter = 1;
        fixture.cancelOnStop = true;
        assertThatThrownBy(() -> fixture.train(service))
                .isInstanceOf(StoppedException.class)
                .hasMessage("The job ft-1 at Together (" + service.host() + ") was cancelled.");
        assertThat(service.count("POST /fine-tunes/ft-1/cancel")).isEqualTo(1);

        // A cancelled job is of no use to the next build.
        fixture.stopAfter = Integer.MAX_VALUE;
        service.statuses.clear();
        service.statuses.addAll(List.of("running", "completed"));
        fixture.train(service);
        assertThat(service.count(CREATE)).isEqualTo(2);
    }

    /** The service created the job, and half of its answer came back, or nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"lost", "cut"})
    void looksForTheJobBeforeItCreatesAnother(String fault) throws IOException {
        service.fault(CREATE, fault);
        fixture.train(service);
        assertThat(service.count(CREATE)).isEqualTo(1);
        assertThat(service.jobs).hasSize(1);
        assertThat(fixture.said)
                .contains("Created the job ft-1 at Together (" + service.host() + "), whose answer got lost.");
    }

    /** A proxy's page says nothing of whether there is a job. */
    @Test
    void looksForTheJobAfterAPage() {
        service.fault(CREATE, "html");
        refused("Together (HOST) answered with a web page: <html>Please log in</html>. Check runner.together.url: it"
                + " goes up to and includes /v1.");
        assertThat(service.requests.subList(service.requests.indexOf(CREATE), service.requests.size()))
                .containsExactly(CREATE, "GET /fine-tunes");
    }

    @Test
    void uploadsValidationRows() throws IOException {
        fixture.spec.add("dataset.validation: 0.25");
        fixture.train(service);
        assertThat(service.job().path("validation_file").asText()).isEqualTo("file-2");
        assertThat(service.job().path("n_evals").asInt()).isEqualTo(2);
        assertThat(service.uploads.values().stream()
                        .map(form -> HostedFixture.rows(form).size()))
                .containsExactly(9, 3);
    }

    @Test
    void repeatsWhatWasNotDone() throws IOException {
        service.fault(CREATE, "429 0", "503");
        service.fault("POST /files/upload", "500");
        service.fault("GET /fine-tunes/ft-1", "502", "429 0");
        service.fault("GET /finetune/download", "503", "cut");
        fixture.train(service);
        assertThat(service.jobs).hasSize(1);
        assertThat(service.count(CREATE)).isEqualTo(3);
        assertThat(service.count("GET /finetune/download")).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /fine-tunes | 403 | Together (HOST) answered with status 403 to /fine-tunes: no. The API key (the environment variable X) may not do this.",
                "GET /fine-tunes/models/limits | 404 | Together (HOST) answered with status 404 to /fine-tunes/models/limits: no. Check runner.together.model, and that runner.together.url goes up to and includes /v1.",
                "POST /fine-tunes | 402 | Together (HOST) answered with status 402 to /fine-tunes: no. The account has no credit left.",
                "POST /fine-tunes | 400 | Together (HOST) answered with status 400 to /fine-tunes: no.",
                "POST /files/upload | 413 | Together (HOST) answered with status 413 to /files/upload: no. The file is larger than the service takes.",
                "POST /fine-tunes | 429  {\"error\":{\"code\":\"insufficient_quota\",\"message\":\"Quota.\"}} | Together (HOST) answered with status 429 to /fine-tunes: Quota. The account has no credit left.",
                "GET /fine-tunes | html | Together (HOST) answered with a web page: <html>Please log in</html>. Check runner.together.url: it goes up to and includes /v1.",
                "GET /finetune/download | html | Together (HOST) answered with a web page: <html>Please log in</html>. Check runner.together.url: it goes up to and includes /v1.",
                "GET /finetune/download | 403 | Together (HOST) answered with status 403 to /v1/finetune/download: no. The API key (the environment variable X) may not do this."
            })
    void saysWhatTheServiceRefuses(String request, String fault, String message) {
        service.fault(request, fault);
        refused(message);
    }

    @Test
    void givesUpOnAServiceThatIsOutOfOrder() {
        service.fault(CREATE, "500", "500", "500");
        refused("Together (HOST) answered with status 500 to /fine-tunes: no.");
        service.fault("GET /finetune/download", "cut", "cut", "cut");
        refused("The adapter cannot be downloaded from Together (HOST): the connection was cut after ");
        service.fault("GET /fine-tunes", "429 9");
        refused(
                () -> new HostedFixture(Files.createDirectory(directory.resolve("b"))).train(service),
                "Together (HOST) answered with status 429 to /fine-tunes: no, and asks for a pause of 9 s.");
    }

    @Test
    void saysWhatAFailedJobSaid() throws IOException {
        service.statuses.clear();
        service.statuses.addAll(List.of("running", "user_error"));
        service.events.add("Bad row 17.");
        refused("The job ft-1 at Together (HOST) failed (user_error): Bad row 17. The next build creates another.");
        service.statuses.addAll(List.of("error"));
        service.error = "Out of GPUs.";
        refused("The job ft-2 at Together (HOST) failed (error): Out of GPUs. The next build creates another.");
        assertThat(service.jobs).hasSize(2);
    }

    @Test
    void spendsNoMoreThanAllowed() {
        fixture.maxPrice = 4.0;
        refusedInput("runner.together.maxPrice: the job would cost about 4.50 USD, but 4.00 is the most. Nothing was"
                + " spent.");
        service.price = "{}";
        refusedInput("runner.together.maxPrice is 4.00, but Together (" + service.host() + ") does not say what a job"
                + " costs, so nothing was spent. Remove the key if you know the price.");
        service.price = "{\"estimated_total_price\": 4.5, \"allowed_to_proceed\": false, \"user_limit\": 3}";
        refusedInput("Together (" + service.host() + ") does not allow this job: it would cost 4.5 USD, and the"
                + " account's limit is 3 USD. Nothing was spent.");
        assertThat(service.jobs).isEmpty();
    }

    @Test
    void namesWhatIsOutsideTheLimits() {
        fixture.spec.addAll(
                List.of("training.epochs: 30", "training.batchSize: 65", "adapter.targets: [q_proj, o_proj]"));
        refusedInput(
                "Together's limits for tiny/Llama: training.epochs is 30, the most is 20; training.batchSize is 65,"
                        + " the most is 64; adapter.targets: o_proj is none of q_proj, v_proj.");
        service.limits = "{\"max_num_epochs\": 20, \"full_training\": {}}";
        refusedInput("Together trains no LoRA adapters of tiny/Llama. Choose another runner.together.model.");
        assertThat(service.uploads).isEmpty();
    }

    @Test
    void refusesAnAdapterThatIsNotTheOne() throws IOException {
        deliver(fixture.trained(b -> {}, "adapter.rank: 2"));
        refusedInput("the adapter of the job ft-1 at Together (" + service.host() + "): model.layers.0.self_attn.q_proj"
                + " has rank 2 and scale 4.0, but the spec asks for rank 4 and scale 2.0.");
        deliver(fixture.trained(b -> {}, "adapter.targets: [q_proj]"));
        refusedInput("the adapter of the job ft-1 at Together (" + service.host()
                + "): does not adapt model.layers.0.self_attn.k_proj, which the spec selects.");
        deliver(fixture.trained(b -> b.put(0, Float.NaN)));
        assertThatThrownBy(() -> fixture.train(service))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds values that are not finite (NaN or infinity)");
        deliver(fixture.trained(b -> b.put(new float[b.capacity()]).flip()));
        refusedInput("the adapter of the job ft-1 at Together (" + service.host()
                + "): all its B matrices are zero, so it changes nothing. The service trained nothing.");
        deliver(Map.of("adapter_config.json", "{}".getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> fixture.train(service)).isInstanceOf(InvalidInputException.class);
        assertThat(fixture.adapter()).doesNotExist();
        assertThat(service.jobs).hasSize(1);
    }

    private void deliver(Map<String, byte[]> files) throws IOException {
        service.delivered.put("adapter", Archives.gzip(Archives.tar(files)));
    }

    @Test
    void sendsTheKeyToTheServiceAlone() throws IOException {
        service.fault(
                "GET /finetune/download",
                "redirect " + service.url().replace("127.0.0.1", "localhost").replace("/v1", "/store"));
        fixture.train(service);
        assertThat(service.keysAtTheStore).containsExactly("null");
    }

    @Test
    void noticesAnotherDigest() throws IOException {
        service.digest = "sha-256=:" + "A".repeat(43) + "=:";
        refused("The adapter cannot be downloaded from Together (HOST): the content has another SHA-256 than its header"
                + " Content-Digest says (tried 3 times). The job is done, so the next build tries again and pays"
                + " nothing.");
        service.digest = null;
        fixture.train(service);
        assertThat(service.jobs).hasSize(1);
    }

    @Test
    void neverShowsTheKey() throws IOException {
        fixture.secret = "sk-wrong-9876543210987654";
        refused(
                "Together (HOST) answered with status 401 to /fine-tunes: Invalid key Bearer [key]. Check the API key (the"
                        + " environment variable X).");
        fixture.secret = FakeService.KEY;
        service.fault(CREATE, "400  {\"error\": {\"message\": \"Not for " + FakeService.KEY + "\"}}");
        refused("Together (HOST) answered with status 400 to /fine-tunes: Not for [key].");
        service.events.add("Bad key " + FakeService.KEY);
        fixture.train(service);
        assertThat(fixture.said).noneMatch(text -> text.contains(FakeService.KEY));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(FakeService.KEY);
            }
        }
        fixture.secret = "";
        refusedInput("runner.together.apiKeyEnvironment: Together needs an API key. Name its environment variable, or a"
                + " server of Maven's settings in runner.together.server.");
    }

    private void refused(String message) {
        refused(() -> fixture.train(service), message);
    }

    private void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(HostedException.class)
                .hasNoCause()
                .hasMessageStartingWith(message.replace("HOST", service.host()));
    }

    private void refusedInput(String message) {
        assertThatThrownBy(() -> fixture.train(service))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }
}
