package io.github.ftmaven.runtime.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hub.FakeHub;
import io.github.ftmaven.runtime.hub.HubSettings;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.BaseSpec;
import io.github.ftmaven.runtime.spec.Initialization;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedBaseTest {
    private static final Path MODEL = Path.of("src/test/resources/models/tiny-llama");
    private static final BaseSpec SPEC = SpecReader.parse(
                    "base: {model: m}\ndataset: {train: t.jsonl, test: t.jsonl}\n".getBytes(StandardCharsets.UTF_8),
                    "fine-tune.yaml")
            .base();

    @TempDir
    Path directory;

    @Test
    void takesTheBaseAtTheSamePathAndAsksNobody() throws IOException {
        try (FakeHub hub = hub()) {
            ModelDirectory found = shared(hub, false).find(inputs(MODEL, FakeHub.COMMIT), digest(), SPEC);

            assertEquals(MODEL, found.path());
            assertEquals(List.of(), hub.requests);
        }
    }

    @Test
    void fetchesABaseOfAHubOnce() throws IOException {
        try (FakeHub hub = hub()) {
            Inputs inputs = inputs(Path.of("/not/on/this/machine"), FakeHub.COMMIT);
            ModelDirectory found = shared(hub, false).find(inputs, digest(), SPEC);

            assertTrue(found.path().startsWith(directory), found.path()::toString);
            assertEquals(digest(), SharedBase.digest(found, Initialization.PRETRAINED));
            hub.requests.clear();
            assertEquals(
                    found.path(),
                    shared(hub, false).find(inputs, digest(), SPEC).path());
            assertEquals(List.of(), hub.requests);
        }
    }

    @Test
    void refusesABaseWithOtherWeights() throws IOException {
        try (FakeHub hub = hub()) {
            byte[] other = Files.readAllBytes(MODEL.resolve("model.safetensors"));
            other[other.length - 1] ^= 1;
            hub.file("model.safetensors", other);

            assertMessage(
                    "acme/tiny: a worker has another base at ",
                    () -> shared(hub, false)
                            .find(inputs(Path.of("/not/on/this/machine"), FakeHub.COMMIT), digest(), SPEC));
        }
    }

    @Test
    void saysWhyItCannotFetch() throws IOException {
        try (FakeHub hub = hub()) {
            assertMessage(
                    "acme/tiny: a worker does not have the base at /not/on/this/machine, and cannot fetch it:"
                            + " hf:acme/tiny@" + FakeHub.COMMIT + ": the model is not in ",
                    () -> shared(hub, true)
                            .find(inputs(Path.of("/not/on/this/machine"), FakeHub.COMMIT), digest(), SPEC));
        }
    }

    @Test
    void asksForADirectoryThatHasNoOtherSource() throws IOException {
        try (FakeHub hub = hub()) {
            assertMessage(
                    "acme/tiny: a worker does not have the base at /not/on/this/machine. Put it there on each machine,"
                            + " or on storage that all of them share.",
                    () -> shared(hub, false).find(inputs(Path.of("/not/on/this/machine"), null), digest(), SPEC));
        }
    }

    private static void assertMessage(String begin, org.junit.jupiter.api.function.Executable call) {
        String message =
                String.valueOf(assertThrows(InvalidInputException.class, call).getMessage());
        assertTrue(message.startsWith(begin), message);
    }

    private static FakeHub hub() throws IOException {
        FakeHub hub = new FakeHub();
        try (Stream<Path> files = Files.list(MODEL)) {
            for (Path file : files.toList()) {
                hub.file(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        }
        return hub;
    }

    private SharedBase shared(FakeHub hub, boolean offline) {
        return new SharedBase(new HubSettings(hub.endpoint(), null, directory.resolve("hub"), offline));
    }

    private static Inputs inputs(Path base, @Nullable String commit) {
        return new Inputs(base.toString(), "acme/tiny", FakeHub.ID, commit, null);
    }

    private static String digest() throws IOException {
        return SharedBase.digest(ModelDirectory.open(MODEL, "tiny-llama", List.of()), Initialization.PRETRAINED);
    }
}
