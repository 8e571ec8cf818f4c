package io.github.ftmaven.plugin.inputs;

import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.drift.DatasetChange.Side;
import io.github.ftmaven.runtime.drift.ExampleDigests;
import io.github.ftmaven.runtime.drift.Fingerprint;
import io.github.ftmaven.runtime.drift.FingerprintJson;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The fingerprints of training sets: of this build's, and of the one in an adapter's jar. */
public final class TrainingSets {
    private static final String AGAIN = "Run ft:dataset again.";
    private static final String OTHER = "Compare with another release.";

    private TrainingSets() {}

    /** The one that {@code ft:dataset} left; empty if there is none, or not a whole one. */
    public static Optional<Side> before(Path output) throws IOException {
        try {
            return Files.isRegularFile(file(output, FingerprintJson.FILE))
                            && Files.isRegularFile(file(output, ExampleDigests.FILE))
                    ? Optional.of(now(output))
                    : Optional.empty();
        } catch (InvalidInputException e) {
            return Optional.empty(); // another version's, or damaged: the build replaces it
        }
    }

    /**
     * The one that {@code ft:dataset} left.
     *
     * @throws InvalidInputException if it is damaged
     */
    public static Side now(Path output) throws IOException {
        Path examples = file(output, ExampleDigests.FILE);
        return new Side(
                fingerprint(output), ExampleDigests.parse(examples.toString(), Files.readAllBytes(examples), AGAIN));
    }

    /** The fingerprint alone. */
    public static Fingerprint fingerprint(Path output) throws IOException {
        Path fingerprint = file(output, FingerprintJson.FILE);
        return FingerprintJson.parse(fingerprint.toString(), Files.readAllBytes(fingerprint), AGAIN);
    }

    /**
     * The one in a jar; empty if the jar carries none.
     *
     * @param name the jar as messages name it
     * @throws InvalidInputException if it is not the jar of an adapter, or damaged
     */
    public static Optional<Side> in(Path jar, String name) throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, name)) {
            Optional<byte[]> fingerprint = adapter.read(FingerprintJson.FILE);
            if (fingerprint.isEmpty()) {
                return Optional.empty();
            }
            Optional<byte[]> examples = adapter.read(ExampleDigests.FILE);
            return Optional.of(new Side(
                    FingerprintJson.parse(name + "!/" + FingerprintJson.FILE, fingerprint.get(), OTHER),
                    examples.isEmpty()
                            ? null
                            : ExampleDigests.parse(name + "!/" + ExampleDigests.FILE, examples.get(), OTHER)));
        }
    }

    private static Path file(Path output, String name) {
        return output.resolve("dataset").resolve(name);
    }
}
