package io.github.ftmaven.runtime.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hub.FakeHub.Fault;
import io.github.ftmaven.runtime.hub.HubSettings.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {
    private static final String SECRET = "hf_thisMustNeverBeSeen";
    private static final HubModel MODEL = new HubModel(FakeHub.ID, FakeHub.COMMIT);
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final HubFiles WANTED = new HubFiles(
            List.of("config.json", "tokenizer.json"), List.of("chat_template.jinja"), List.of(WEIGHTS, INDEX));

    private final byte[] weights = new byte[200_000];
    private final List<String> messages = new ArrayList<>();
    private final List<Duration> waits = new ArrayList<>();

    private FakeHub hub;

    @TempDir
    private Path cache;

    @BeforeEach
    void serve() throws IOException {
        new Random(7).nextBytes(weights);
        hub = new FakeHub()
                .file("config.json", "{}".getBytes(UTF_8))
                .file("tokenizer.json", "{\"model\":{}}".getBytes(UTF_8))
                .file(WEIGHTS, weights);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void laysFilesOutAsTheOfficialClientDoes() throws IOException {
        HubSnapshot snapshot = hub().fetch(MODEL, WANTED);

        Path repository = cache.resolve("models--acme--tiny");
        assertThat(snapshot.directory()).isEqualTo(repository.resolve("snapshots/" + FakeHub.COMMIT));
        Path link = snapshot.directory().resolve(WEIGHTS);
        assertThat(Files.readSymbolicLink(link)).hasToString("../../blobs/" + FakeHub.sha256(weights));
        assertThat(link).hasBinaryContent(weights);
        assertThat(Files.readSymbolicLink(snapshot.directory().resolve("config.json")))
                .hasToString("../../blobs/" + FakeHub.gitSha1("{}".getBytes(UTF_8)));
        assertThat(repository.resolve(".no_exist/" + FakeHub.COMMIT + "/chat_template.jinja"))
                .isEmptyFile();
        assertThat(repository.resolve("refs")).doesNotExist();
        try (var blobs = Files.list(repository.resolve("blobs"))) {
            assertThat(blobs.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("incomplete"));
        }
    }

    @Test
    void fetchesFilesOfFolders() throws IOException {
        String template = "additional_chat_templates/tool_use.jinja";
        String other = "additional_chat_templates/default.jinja";
        hub.file(template, "tools".getBytes(UTF_8));
        HubFiles wanted = new HubFiles(List.of("config.json"), List.of(template, other), List.of());

        Path link = hub().fetch(MODEL, wanted).directory().resolve(template);

        assertThat(Files.readSymbolicLink(link))
                .hasToString("../../../blobs/" + FakeHub.gitSha1("tools".getBytes(UTF_8)));
        assertThat(link).hasContent("tools");
        assertThat(cache.resolve("models--acme--tiny/.no_exist/" + FakeHub.COMMIT)
                        .resolve(other))
                .isEmptyFile();
        assertThat(hub(null, true).cached(MODEL, wanted)).isPresent();
    }

    @Test
    void aFolderOfWhichNothingIsKnownIsEmptyWhereNobodyCanBeAsked() throws IOException {
        hub().fetch(MODEL, new HubFiles(List.of("config.json"), List.of(), List.of()));
        HubFiles wanted =
                new HubFiles(List.of("config.json"), List.of("additional_chat_templates/tool_use.jinja"), List.of());

        assertThat(hub(null, true).fetch(MODEL, wanted).commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(hub().cached(MODEL, wanted)).isEmpty();
    }

    @Test
    void asksForNothingThatIsHere() throws IOException {
        hub().fetch(MODEL, WANTED);
        hub.requests.clear();

        assertThat(hub().fetch(MODEL, WANTED))
                .isEqualTo(hub().cached(MODEL, WANTED).orElseThrow());
        assertThat(hub(null, true).fetch(MODEL, WANTED).commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void fetchesWhatAnIndexNames() throws IOException {
        hub.files.remove(WEIGHTS);
        hub.file("a-00001-of-00002.safetensors", weights)
                .file("a-00002-of-00002.safetensors", new byte[3])
                .file(
                        INDEX,
                        "{\"weight_map\":{\"x\":\"a-00001-of-00002.safetensors\",\"y\":\"a-00002-of-00002.safetensors\"}}"
                                .getBytes(UTF_8));

        Path directory = hub().fetch(MODEL, WANTED).directory();

        assertThat(directory.resolve("a-00001-of-00002.safetensors")).hasBinaryContent(weights);
        assertThat(directory.resolve("a-00002-of-00002.safetensors")).hasBinaryContent(new byte[3]);
        Files.delete(directory.resolve("a-00002-of-00002.safetensors"));
        assertThat(hub().cached(MODEL, WANTED)).isEmpty();
    }

    @Test
    void followsABranchOnlyOnce() throws IOException {
        HubModel main = new HubModel(FakeHub.ID, "main");
        assertThat(hub().fetch(main, WANTED).commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(cache.resolve("models--acme--tiny/refs/main")).hasContent(FakeHub.COMMIT);
        assertThat(hub(null, true).fetch(main, WANTED).commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(hub.requests)
                .filteredOn(request -> request.contains("/main/"))
                .hasSize(1);
    }

    @Test
    void keepsTheTokenFromOtherHosts() throws IOException {
        hub.token = SECRET;

        hub(new Token(SECRET, "HF_TOKEN"), false).fetch(MODEL, WANTED);

        assertThat(hub.requests).anyMatch(request -> request.startsWith("store GET"));
        assertThat(hub.leaks).isEmpty();
    }

    @Test
    void goesOnWhereAConnectionWasCut() throws IOException {
        hub.fault("store:" + WEIGHTS, new Fault.Cut(70_000), new Fault.Cut(50_000));

        assertThat(hub().fetch(MODEL, WANTED).directory().resolve(WEIGHTS)).hasBinaryContent(weights);

        assertThat(hub.requests)
                .filteredOn(request -> request.startsWith("store GET"))
                .extracting(request -> request.replaceFirst(".*/model.safetensors", ""))
                .containsExactly("", " bytes=70000-", " bytes=120000-");
        assertThat(messages).hasSize(2).allMatch(message -> message.contains("retrying in 1 s"));
    }

    @Test
    void goesOnInTheNextBuild() throws IOException {
        hub.fault("store:" + WEIGHTS, new Fault.Cut(90_000), new Fault.Cut(0), new Fault.Cut(0), new Fault.Cut(0));
        hub.fault("store:" + WEIGHTS, new Fault.Cut(0), new Fault.Cut(0));
        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("model.safetensors cannot be downloaded after 5 attempts: ");
        hub.faults.clear();
        hub.requests.clear();

        assertThat(hub().fetch(MODEL, WANTED).directory().resolve(WEIGHTS)).hasBinaryContent(weights);
        assertThat(hub.requests).anyMatch(request -> request.endsWith("bytes=90000-"));
    }

    @Test
    void startsOverWhenWhatWasThereIsOfAnotherFile() throws IOException {
        Path part = cache.resolve("models--acme--tiny/blobs/" + FakeHub.sha256(weights) + ".incomplete");
        Files.createDirectories(part.getParent());
        Files.write(part, new byte[1234]);

        assertThat(hub().fetch(MODEL, WANTED).directory().resolve(WEIGHTS)).hasBinaryContent(weights);
    }

    /** A full disk, a directory of somebody else: the hub can do nothing about it. */
    @Test
    void doesNotAskAgainWhereAFileCannotBeWritten() throws IOException {
        Path part = cache.resolve("models--acme--tiny/blobs/" + FakeHub.sha256(weights) + ".incomplete");
        Files.createDirectories(part);

        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("model.safetensors cannot be stored: " + part + ": ");
        assertThat(waits).isEmpty();
    }

    @Test
    void refusesAWrongDigest() {
        hub.fault("store:" + WEIGHTS, new Fault.Corrupt());

        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith(MODEL + "/model.safetensors: the download is damaged: its digest" + " is not "
                        + FakeHub.sha256(weights));
        assertThat(cache.resolve("models--acme--tiny/blobs/" + FakeHub.sha256(weights)))
                .doesNotExist();
        assertThat(cache.resolve("models--acme--tiny/blobs/" + FakeHub.sha256(weights) + ".incomplete"))
                .doesNotExist();
    }

    @Test
    void waitsAsLongAsItIsAsked() throws IOException {
        hub.fault("config.json", new Fault.Status(429, Map.of("Retry-After", "17")), new Fault.Status(503, Map.of()));

        hub().fetch(MODEL, WANTED);

        assertThat(waits).containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(2));
        assertThat(messages).first().asString().contains("config.json: status 429; retrying in 17 s.");
    }

    @Test
    void doesNotWaitForHours() {
        hub.fault("config.json", new Fault.Status(429, Map.of("Retry-After", "7200")));

        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("status 429, try again in 120 minutes.");
        assertThat(waits).isEmpty();
    }

    @Test
    void givesUp() {
        for (int i = 0; i < 5; i++) {
            hub.fault("config.json", new Fault.Status(500, Map.of()));
        }
        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("config.json cannot be downloaded after 5 attempts: status 500.");
        assertThat(waits)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    }

    @Test
    void saysWhatIsMissing() {
        assertRefused(new HubModel("acme/none", FakeHub.COMMIT), "no such model, revision or file");
        assertRefused(
                new HubModel(FakeHub.ID, "0000000000000000000000000000000000000000"),
                "has the model, but not the revision 0000000000000000000000000000000000000000");
        hub.files.remove(WEIGHTS);
        assertRefused(MODEL, "has neither model.safetensors nor model.safetensors.index.json");
        hub.files.remove("tokenizer.json");
        assertThatThrownBy(() -> hub().fetch(MODEL, new HubFiles(List.of("tokenizer2.json"), List.of(), List.of())))
                .hasMessage(MODEL + ": the model has no tokenizer2.json.");
    }

    @Test
    void saysWhoMayNotRead() {
        hub.token = "another";
        assertThatThrownBy(() -> hub(new Token(SECRET, "HF_TOKEN"), false).fetch(MODEL, WANTED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("shows no such model (requested with the token of HF_TOKEN)")
                .hasMessageNotContaining(SECRET);
        assertRefused(MODEL, "requested without a token");
        hub.token = null;
        hub.fault("config.json", new Fault.Status(403, Map.of("X-Error-Code", "GatedRepo")));
        assertRefused(MODEL, "access is restricted (status 403, requested without a token). Accept its terms at");
    }

    @Test
    void saysWhatIsMissingOffline() {
        assertThatThrownBy(() -> hub(null, true).fetch(MODEL, WANTED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(MODEL + ": the model is not in " + cache + " (missing: config.json, tokenizer.json,"
                        + " chat_template.jinja, model.safetensors), and the build is offline. Build once online.");
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void neverShowsASignedAddressOrTheToken() {
        hub.token = SECRET;
        for (int i = 0; i < 5; i++) {
            hub.fault("store:" + WEIGHTS, new Fault.Status(500, Map.of()));
        }
        assertThatThrownBy(() -> hub(new Token(SECRET, "HF_TOKEN"), false).fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .satisfies(error -> {
                    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain(SECRET).doesNotContain(FakeHub.SIGNATURE);
                    }
                });
        assertThat(messages).hasSize(4).noneMatch(message -> message.contains(SECRET) || message.contains("Signature"));
        assertThat(hub(new Token(SECRET, "HF_TOKEN"), false).settings().toString())
                .doesNotContain(SECRET);
    }

    @Test
    void doesNotFollowARedirectRoundAndRound() {
        hub.fault("config.json", redirects("/acme/tiny/resolve/main/config.json", 20));
        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("redirected more than 10 times");
        hub.faults.clear();
        hub.fault("config.json", new Fault.Redirect("file:///etc/passwd"));
        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("redirected from http to file, which is not allowed");
    }

    @Test
    void fetchesAFileOnceForTwoBuilds() throws Exception {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> fetchUnchecked(hub()));
        fetchUnchecked(hub());
        other.get();

        assertThat(cache.resolve("models--acme--tiny/snapshots/" + FakeHub.COMMIT + "/" + WEIGHTS))
                .hasBinaryContent(weights);
        assertThat(hub.requests)
                .filteredOn(request -> request.startsWith("store GET"))
                .hasSize(1);
    }

    @Test
    void refusesAnIndexThatLeavesTheRepository() {
        hub.files.remove(WEIGHTS);
        hub.file(INDEX, "{\"weight_map\":{\"x\":\"../../x.safetensors\"}}".getBytes(UTF_8));
        assertRefused(MODEL, "lists ../../x.safetensors, which is not a weights file");
    }

    private static Fault[] redirects(String location, int count) {
        Fault[] faults = new Fault[count];
        java.util.Arrays.fill(faults, new Fault.Redirect(location));
        return faults;
    }

    private void assertRefused(HubModel model, String message) {
        assertThatThrownBy(() -> hub().fetch(model, WANTED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(model.toString())
                .hasMessageContaining(message);
    }

    private static void fetchUnchecked(Hub hub) {
        try {
            hub.fetch(MODEL, WANTED);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Hub hub() {
        return hub(null, false);
    }

    private Hub hub(@Nullable Token token, boolean offline) {
        URI endpoint = hub.endpoint();
        HubListener listener = new HubListener() {
            @Override
            public void arrived(String file, long bytes, long size) {
                assertThat(bytes).isBetween(0L, size);
            }

            @Override
            public void retrying(String message) {
                messages.add(message);
            }

            @Override
            public void unverified(String message) {
                messages.add(message);
            }
        };
        return new Hub(new HubSettings(endpoint, token, cache, offline), listener, waits::add);
    }
}
