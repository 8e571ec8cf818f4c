package io.github.ftmaven.runtime.scores;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.adapter.Seal;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files that sealing adds to a packaged adapter: its scores, the verdict, a readable form of both in its model
 * card, and in {@code evaluation/seal.json} the digests of these files and of the adapter. The seal reveals later
 * changes, even if nobody checks the repository's checksums.
 */
public final class SealedEvaluation {
    private static final String SCORES = PackagedAdapter.EVALUATION + "scores.json";
    private static final String SUMMARY = PackagedAdapter.EVALUATION + "summary.json";

    private static final String ADVICE = "The released adapter cannot be compared with. Name another release"
            + " (-Dft.baseline=GROUP:ARTIFACT:VERSION), or none (-Dft.baseline=none).";

    private SealedEvaluation() {}

    /**
     * The files that sealing adds or replaces, by name.
     *
     * @param coordinates the {@code groupId:artifactId:version} of the release
     * @param scores of this adapter, without metrics that depend on the clock
     * @param summary the summary with the verdict
     * @param card the text about them for the model card, in Markdown
     * @throws IllegalArgumentException if the scores are of another adapter
     */
    public static SortedMap<String, byte[]> of(
            PackagedAdapter adapter, String coordinates, Scores scores, ObjectNode summary, String card)
            throws IOException {
        if (!coordinates.startsWith(adapter.coordinates() + ":")) {
            throw new IllegalArgumentException("this adapter is not " + coordinates);
        }
        if (!scores.artifactDigest().equals(adapter.trainedDigest())) {
            throw new IllegalArgumentException("these scores belong to another adapter");
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(SCORES, ScoresJson.bytes(scores));
        files.put(SUMMARY, JsonFile.bytes(summary));
        if (adapter.files().contains(PackagedAdapter.CARD)) {
            String before = new String(adapter.content(PackagedAdapter.CARD).readAllBytes(), StandardCharsets.UTF_8);
            files.put(
                    PackagedAdapter.CARD, (before + PackagedAdapter.CARD_MARK + card).getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode seal = JsonFile.object()
                .put("formatVersion", Seal.FORMAT_VERSION)
                .put("coordinates", coordinates)
                .put("verdict", summary.path("verdict").asText())
                .put("adapter", adapter.digest());
        ObjectNode digests = seal.putObject("files");
        files.forEach((name, bytes) -> digests.put(name, Digests.sha256(bytes)));
        files.put(Seal.FILE, JsonFile.bytes(seal));
        return files;
    }

    /**
     * The scores of a sealed adapter.
     *
     * @param display the jar's name in messages
     * @param coordinates the {@code groupId:artifactId:version} it was found under; null for a plain file
     * @throws InvalidInputException if it is not sealed, was changed since, or its scores cannot be read
     */
    public static Scores read(Path jar, String display, @Nullable String coordinates) throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, display)) {
            Seal seal = Seal.verify(adapter, display, ADVICE);
            if (coordinates != null) {
                seal.requireCoordinates(adapter, display, coordinates, ADVICE);
            }
            if (!seal.files().containsKey(SCORES)) {
                throw new InvalidInputException(
                        display + ": holds no " + SCORES + ", so ft:check did not seal it. " + ADVICE);
            }
            Scores scores = ScoresJson.parse(
                    display + "!/" + SCORES, adapter.read(SCORES).orElseThrow(), ADVICE);
            if (!scores.artifactDigest().equals(adapter.trainedDigest())) {
                throw new InvalidInputException(display + ": its scores belong to another adapter. " + ADVICE);
            }
            return scores;
        }
    }
}
