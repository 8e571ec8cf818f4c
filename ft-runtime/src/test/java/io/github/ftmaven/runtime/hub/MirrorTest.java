package io.github.ftmaven.runtime.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub behind a repository manager, which leaves headers of the hub out and adds some of its own. */
class MirrorTest {
    private static final HubModel MODEL = new HubModel(FakeHub.ID, FakeHub.COMMIT);
    private static final HubFiles WANTED =
            new HubFiles(List.of("config.json"), List.of("chat_template.jinja"), List.of("model.safetensors"));

    private final byte[] weights = "not many weights".getBytes(UTF_8);
    private final List<String> messages = new ArrayList<>();
    private FakeMirror mirror;

    @TempDir
    private Path cache;

    @BeforeEach
    void serve() throws IOException {
        mirror = new FakeMirror();
        mirror.files.put("config.json", "{}".getBytes(UTF_8));
        mirror.files.put("model.safetensors", weights);
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    @Test
    void takesTheCommitFromTheSpec() throws IOException {
        mirror.headers = content -> Map.of("ETag", '"' + FakeHub.gitSha1(content) + '"');

        HubSnapshot snapshot = hub().fetch(MODEL, WANTED);

        assertThat(snapshot.commit()).isEqualTo(FakeHub.COMMIT);
        assertThat(name(snapshot, "config.json")).isEqualTo(FakeHub.gitSha1("{}".getBytes(UTF_8)));
        assertThat(name(snapshot, "model.safetensors")).isEqualTo(FakeHub.gitSha1(weights));
        assertThat(messages).isEmpty();
        assertThat(snapshot.damaged(Digests::sha256)).isEmpty();
    }

    @Test
    void verifiesBySizeAloneWhereNoDigestIsKnownAndSaysSo() throws IOException {
        mirror.headers = content -> Map.of("ETag", "\"2f1a-5c\"");

        HubSnapshot snapshot = hub().fetch(MODEL, WANTED);

        assertThat(snapshot.directory().resolve("model.safetensors")).hasBinaryContent(weights);
        assertThat(name(snapshot, "model.safetensors")).isEqualTo(FakeHub.sha256(weights));
        assertThat(messages)
                .hasSize(2)
                .contains(mirror.endpoint().getAuthority()
                        + " announced no digest of model.safetensors, so only its size was verified.");
        assertThat(snapshot.damaged(Digests::sha256)).isEmpty();
        mirror.requests.clear();
        assertThat(hub().fetch(MODEL, WANTED)).isEqualTo(snapshot);
        assertThat(mirror.requests).isEmpty();
        Files.writeString(snapshot.directory().resolve("model.safetensors"), "damaged later");
        assertThat(snapshot.damaged(Digests::sha256)).isPresent();
    }

    @Test
    void verifiesByTheDigestsOfRepositoryManagers() throws IOException {
        mirror.headers = content -> Map.of("ETag", '"' + "{SHA1{" + sha1(content) + "}}" + '"');
        assertThat(name(hub().fetch(MODEL, WANTED), "config.json")).isEqualTo(FakeHub.sha256("{}".getBytes(UTF_8)));

        mirror.files.put("more.json", "[]".getBytes(UTF_8));
        mirror.headers = content -> Map.of(
                "ETag", sha1(content), "X-Checksum-Sha1", sha1(content), "X-Checksum-Sha256", FakeHub.sha256(content));
        HubFiles more = new HubFiles(List.of("more.json"), List.of(), List.of());
        assertThat(name(hub().fetch(MODEL, more), "more.json")).isEqualTo(FakeHub.sha256("[]".getBytes(UTF_8)));
        assertThat(messages).isEmpty();
    }

    @Test
    void refusesOtherContentThanTheAnnounced() {
        String other = sha1("another".getBytes(UTF_8));
        mirror.headers = content -> Map.of("ETag", "{SHA1{" + other + "}}");

        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith(
                        MODEL + "/config.json: the download is damaged: its digest is not " + other + ".");
        assertThat(cache.resolve("models--acme--tiny/snapshots")).doesNotExist();
    }

    /** Such proxies say 404 for everything that they cannot get. */
    @Test
    void asksForTheListWhereItIsUnclearWhatIsMissing() {
        mirror.lost.add("chat_template.jinja");

        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessage(mirror.endpoint().getAuthority() + ": chat_template.jinja answered with status 404, but "
                        + MODEL + " has this file, so the mirror fails to get it. Its log may say why.");
        assertThatThrownBy(() -> hub().fetch(new HubModel("acme/none", FakeHub.COMMIT), WANTED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("hf:acme/none@" + FakeHub.COMMIT + ": no such model, revision or file at "
                        + mirror.endpoint() + " (the list of files of hf:acme/none@" + FakeHub.COMMIT
                        + ", requested without a token). Check the name.");
    }

    @Test
    void wantsACommitWhereTheMirrorDoesNotSayOne() {
        assertThatThrownBy(() -> hub().fetch(new HubModel(FakeHub.ID, "main"), WANTED))
                .isInstanceOf(HubException.class)
                .hasMessage(mirror.endpoint().getAuthority() + ": config.json did not say which commit main is (no"
                        + " X-Repo-Commit), as some mirrors do. Write the commit: hf:acme/tiny@COMMIT.");
    }

    @Test
    void asksForATokenWhereAPasswordIsWanted() {
        mirror.challenge = "Basic realm=\"Artifactory\"";
        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        MODEL + ": " + mirror.endpoint() + " wants a login (requested without a token). Set HF_TOKEN"
                                + " to an access token of that server; user names and passwords are not sent.");
    }

    @Test
    void namesAWebPage() {
        mirror.login = "/login";
        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessage(mirror.endpoint().getAuthority() + ": config.json answered with a web page instead of the"
                        + " file, as a login page does. Set HF_ENDPOINT to the address below which your mirror serves"
                        + " the hub, and HF_TOKEN to a token for it.");
        assertThatThrownBy(() -> hub().list(MODEL))
                .isInstanceOf(HubException.class)
                .hasMessageContaining("the list of files of " + MODEL + " answered with a web page");
    }

    @Test
    void namesTheHostOfALoginPage() {
        mirror.login = mirror.elsewhere("/sso/login?session=secret");
        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessageStartingWith(mirror.endpoint().getAuthority() + ": config.json was redirected to 127.0.0.1,"
                        + " which answered with a web page instead of the file, as a login page does.")
                .hasMessageNotContaining("secret");
        mirror.login = mirror.elsewhere("/none");
        mirror.loginStatus = 403;
        assertThatThrownBy(() -> hub().fetch(MODEL, WANTED))
                .isInstanceOf(HubException.class)
                .hasMessage(mirror.endpoint().getAuthority()
                        + ": config.json was redirected to 127.0.0.1, which answered with status 403.");
    }

    private static String name(HubSnapshot snapshot, String file) throws IOException {
        return snapshot.directory().resolve(file).toRealPath().getFileName().toString();
    }

    private static String sha1(byte[] content) {
        return HexFormat.of().formatHex(Digests.of("SHA-1").digest(content));
    }

    private Hub hub() {
        HubListener listener = new HubListener() {
            @Override
            public void arrived(String file, long bytes, long size) {}

            @Override
            public void retrying(String message) {
                throw new AssertionError(message);
            }

            @Override
            public void unverified(String message) {
                messages.add(message);
            }
        };
        return new Hub(new HubSettings(mirror.endpoint(), null, cache, false), listener, duration -> {});
    }
}
