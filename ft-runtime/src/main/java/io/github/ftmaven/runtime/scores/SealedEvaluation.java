package io.github.ftmaven.runtime.scores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What sealing adds to a packaged adapter: its scores, the verdict, both for people in its model card, and in
 * {@code evaluation/seal.json} the digests of these files and of the adapter they are about. Whatever was altered since is
 * noticed, also where a repository's checksums are not.
 */
public final class SealedEvaluation {
    private static final int FORMAT_VERSION = 2;
    private static final String SCORES = PackagedAdapter.EVALUATION + "scores.json";
    private static final String SUMMARY = PackagedAdapter.EVALUATION + "summary.json";
    private static final String SEAL = PackagedAdapter.EVALUATION + "seal.json";

    private static final String ADVICE = "What was released cannot be compared with. Name another release"
            + " (-Dft.baseline=GROUP:ARTIFACT:VERSION), or none (-Dft.baseline=none).";

    private SealedEvaluation() {}

    /**
     * The files that sealing adds or replaces, by name.
     *
     * @param scores of this adapter, without what depends on the clock
     * @param card what the model card says of them, in Markdown
     * @throws IllegalArgumentException if the scores are of another adapter
     */
    public static SortedMap<String, byte[]> of(PackagedAdapter adapter, Scores scores, ObjectNode summary, String card)
            throws IOException {
        if (!scores.artifactDigest().equals(adapter.trainedDigest())) {
            throw new IllegalArgumentException("these are the scores of another adapter");
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(SCORES, ScoresJson.bytes(scores));
        files.put(SUMMARY, JsonFile.bytes(summary));
        if (adapter.files().contains(PackagedAdapter.CARD)) {
            String before = new String(adapter.content(PackagedAdapter.CARD).readAllBytes(), StandardCharsets.UTF_8);
            files.put(
                    PackagedAdapter.CARD, (before + PackagedAdapter.CARD_MARK + card).getBytes(StandardCharsets.UTF_8));
        }
        ObjectNode seal = JsonFile.object().put("formatVersion", FORMAT_VERSION).put("adapter", adapter.digest());
        ObjectNode digests = seal.putObject("files");
        files.forEach((name, bytes) -> digests.put(name, sha256(bytes)));
        files.put(SEAL, JsonFile.bytes(seal));
        return files;
    }

    /**
     * The scores of a sealed adapter.
     *
     * @param display what messages call the jar
     * @throws InvalidInputException if it is not sealed, or not what was sealed, or its scores cannot be read
     */
    public static Scores read(Path jar, String display) throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, display)) {
            return read(adapter, display);
        }
    }

    private static Scores read(PackagedAdapter adapter, String display) throws IOException {
        ObjectNode seal = JsonFile.parse(display + "!/" + SEAL, required(adapter, display, SEAL), ADVICE);
        if (seal.path("formatVersion").intValue() != FORMAT_VERSION) {
            throw new InvalidInputException(
                    display + "!/" + SEAL + ": is of another version of this plugin. " + ADVICE);
        }
        requireSame(display, "the adapter", seal.path("adapter").asText(), adapter.digest());
        for (Map.Entry<String, JsonNode> file : seal.path("files").properties()) {
            byte[] bytes = required(adapter, display, file.getKey());
            requireSame(display, file.getKey(), file.getValue().asText(), sha256(bytes));
        }
        Scores scores = ScoresJson.parse(display + "!/" + SCORES, required(adapter, display, SCORES), ADVICE);
        requireSame(display, "what was trained", scores.artifactDigest(), adapter.trainedDigest());
        return scores;
    }

    private static byte[] required(PackagedAdapter adapter, String display, String name) throws IOException {
        return adapter.read(name)
                .orElseThrow(() -> new InvalidInputException(
                        display + ": holds no " + name + ", so ft:check did not seal it. " + ADVICE));
    }

    private static void requireSame(String display, String what, String sealed, String found) {
        if (!sealed.equals(found)) {
            throw new InvalidInputException(
                    "%s: %s is not what ft:check sealed (sha256 %.12s, now %.12s): it was altered or damaged. %s"
                            .formatted(display, what, sealed, found, ADVICE));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
