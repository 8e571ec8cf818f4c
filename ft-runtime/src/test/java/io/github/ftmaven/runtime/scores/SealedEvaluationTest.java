package io.github.ftmaven.runtime.scores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.adapter.AdapterJars;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedEvaluationTest {
    private static final String ADVICE = " The released adapter cannot be compared with. Name another release"
            + " (-Dft.baseline=GROUP:ARTIFACT:VERSION), or none (-Dft.baseline=none).";

    @TempDir
    Path directory;

    private final Map<String, String> files =
            new TreeMap<>(Map.of("README.md", "# Card\n", "adapter_model.safetensors", "weights"));

    private Scores scores = SampleScores.accuracy(0, 0);

    @BeforeEach
    void seal() throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar(), "a.jar")) {
            scores = new Scores(adapter.trainedDigest(), scores.sets());
            files.putAll(seal(adapter, scores));
        }
    }

    private static Map<String, String> seal(PackagedAdapter adapter, Scores scores) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        SealedEvaluation.of(adapter, "g:a:1.0", scores, JsonFile.object().put("verdict", "PASS"), "\n## Evaluation\n")
                .forEach((name, bytes) -> texts.put(name, new String(bytes, StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    void readsTheScoresItWasSealedWith() throws IOException {
        assertThat(files)
                .containsOnlyKeys(
                        "README.md",
                        "adapter_model.safetensors",
                        "evaluation/scores.json",
                        "evaluation/seal.json",
                        "evaluation/summary.json")
                .containsEntry("README.md", "# Card\n\n<!-- Added by ft:check -->\n\n## Evaluation\n");
        assertThat(SealedEvaluation.read(jar(), "it:a:1.0", null)).isEqualTo(scores);
    }

    @Test
    void sealsNoScoresOfAnotherAdapter() throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar(), "a.jar")) {
            assertThatThrownBy(() -> seal(adapter, SampleScores.accuracy(0, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("these scores belong to another adapter");
        }
    }

    @Test
    void refusesAnAdapterThatWasNotSealed() {
        files.keySet().removeIf(name -> name.startsWith("evaluation/"));
        assertRefused("it:a:1.0: holds no evaluation/seal.json, so ft:check did not seal it." + ADVICE);
    }

    @Test
    void refusesOneOfAnotherVersion() {
        String seal = file("evaluation/seal.json");
        assertThat(seal).contains("\"formatVersion\": 3");
        files.put("evaluation/seal.json", seal.replace("\"formatVersion\": 3", "\"formatVersion\": 1"));
        assertRefused("it:a:1.0!/evaluation/seal.json: was written by another version of this plugin." + ADVICE);
    }

    @Test
    void refusesASealBeyondTheLimitsOfJson() {
        files.put("evaluation/seal.json", "{\"files\": " + "[".repeat(1001));
        assertRefused(
                "it:a:1.0!/evaluation/seal.json:1:1012: not valid JSON: it is nested more than 1000 deep." + ADVICE);
    }

    @Test
    void refusesOneWhoseScoresAreMissing() {
        files.remove("evaluation/scores.json");
        assertRefused("it:a:1.0: holds no evaluation/scores.json, so ft:check did not seal it." + ADVICE);
    }

    @Test
    void refusesWeightsAltered() {
        files.put("adapter_model.safetensors", "other weights");
        assertThatThrownBy(() -> SealedEvaluation.read(jar(), "it:a:1.0", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageMatching(
                        "(?s)it:a:1\\.0: the adapter changed since ft:check sealed it \\(sha256 .{12}, now .{12}\\):"
                                + " it was altered or damaged\\. .*");
    }

    @Test
    void refusesScoresAlteredOrCutOff() {
        String whole = file("evaluation/scores.json");
        files.put("evaluation/scores.json", whole.replace("\"answer\":\"no\"", "\"answer\":\"yes\""));
        assertRefusedWith("it:a:1.0: evaluation/scores.json changed since ft:check sealed it");
        files.put("evaluation/scores.json", whole.substring(0, whole.length() / 2));
        assertRefusedWith("it:a:1.0: evaluation/scores.json changed since ft:check sealed it");
    }

    @Test
    void refusesScoresThatWereCutOffBeforeTheyWereSealed() throws IOException {
        String whole = file("evaluation/scores.json");
        reseal("evaluation/scores.json", whole.substring(0, whole.length() / 2));
        assertRefused("it:a:1.0!/evaluation/scores.json: the file is cut off in the middle." + ADVICE);
    }

    @Test
    void refusesScoresThatAreNotNumbers() throws IOException {
        reseal(
                "evaluation/scores.json",
                file("evaluation/scores.json")
                        .replace("\"scores\":{\"accuracy\":0.0}", "\"scores\":{\"accuracy\":NaN}"));
        assertRefused("it:a:1.0!/evaluation/scores.json: t:1: accuracy is NaN, but a score must be a finite number."
                + ADVICE);
    }

    @Test
    void namesTheCoordinatesItWasReleasedUnder() throws IOException {
        assertThat(file("evaluation/seal.json"))
                .contains("\"coordinates\": \"g:a:1.0\"", "\"verdict\": \"PASS\"", "\"formatVersion\": 3");
        assertThat(SealedEvaluation.read(jar(), "it:a:1.0", "g:a:1.0")).isEqualTo(scores);
        for (String other : new String[] {"g:a:1.1", "g:b:1.0", "h:a:1.0"}) {
            assertThatThrownBy(() -> SealedEvaluation.read(jar(), "it:a:1.0", other))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage(
                            "it:a:1.0: ft:check sealed this adapter as g:a:1.0, so it is not " + other + "." + ADVICE);
        }
        String seal = file("evaluation/seal.json");
        files.put("evaluation/seal.json", seal.replace("g:a:1.0", "g:b:1.0"));
        assertRefused("it:a:1.0: holds g:a, but was sealed as g:b:1.0." + ADVICE);
        files.put("evaluation/seal.json", seal.replace("\"coordinates\": \"g:a:1.0\",", ""));
        assertRefused("it:a:1.0!/evaluation/seal.json: names no coordinates." + ADVICE);
    }

    /** The format before; a bill of materials, which is sealed with the adapter, names the version. */
    @Test
    void readsSealsThatNameNoCoordinates() throws IOException {
        older();
        assertThat(SealedEvaluation.read(jar(), "it:a:1.0", "g:a:7.0")).isEqualTo(scores);
        assertThatThrownBy(() -> SealedEvaluation.read(jar(), "it:a:1.0", "g:b:1.0"))
                .hasMessage("it:a:1.0: ft:check sealed this adapter as g:a, so it is not g:b:1.0." + ADVICE);

        files.keySet().removeIf(name -> name.startsWith("evaluation/"));
        files.put("README.md", "# Card\n");
        files.put("bom.json", """
                {"metadata": {"component": {"group": "g", "name": "a", "version": "1.0"}}}""");
        seal();
        older();
        assertThat(SealedEvaluation.read(jar(), "it:a:1.0", "g:a:1.0")).isEqualTo(scores);
        assertThatThrownBy(() -> SealedEvaluation.read(jar(), "it:a:1.0", "g:a:7.0"))
                .hasMessageStartingWith("it:a:1.0: ft:check sealed this adapter as g:a:1.0, so it is not g:a:7.0");
    }

    private void older() {
        files.put(
                "evaluation/seal.json",
                file("evaluation/seal.json")
                        .replace("\"formatVersion\": 3", "\"formatVersion\": 2")
                        .replaceAll("\\s*\"(coordinates|verdict)\": \"[^\"]*\",", ""));
    }

    @Test
    void refusesWhatIsNotAmongWhatWasSealed() {
        files.put("evaluation/more.json", "{}");
        assertRefused("it:a:1.0: evaluation/more.json is not one of the files that ft:check sealed." + ADVICE);
        files.remove("evaluation/more.json");
        files.put(
                "evaluation/seal.json",
                file("evaluation/seal.json").replaceAll(",?\\s*\"README.md\": \"\\w*\"(,)?", ""));
        assertRefusedWith("it:a:1.0: README.md is not one of the files that ft:check sealed.");
    }

    @Test
    void refusesEntriesBesideTheAdapter() throws IOException {
        for (String name : new String[] {"com/acme/Evil.class", "META-INF/services/x", "META-INF/lora/", "../evil"}) {
            assertThatThrownBy(() -> SealedEvaluation.read(with(name), "it:a:1.0", null))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("it:a:1.0: has an entry " + name + ", which ft:check did not seal." + ADVICE);
        }
        // What jarsigner adds.
        for (String name : new String[] {"META-INF/MANIFEST.MF", "META-INF/ACME.SF", "META-INF/ACME.RSA"}) {
            assertThat(SealedEvaluation.read(with(name), "it:a:1.0", null)).isEqualTo(scores);
        }
    }

    /** Readers of zips differ in which of two entries they take. */
    @Test
    void refusesTwoEntriesOfOneName() throws IOException {
        Path jar = with("META-INF/lora/g/a/READMX.md");
        Files.write(
                jar,
                new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1)
                        .replace("READMX", "README")
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> SealedEvaluation.read(jar, "it:a:1.0", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("it:a:1.0: has two entries META-INF/lora/g/a/README.md.");
    }

    /** Those who read a jar as a stream never see its directory. */
    @Test
    void refusesEntriesThatOnlyAStreamShows() throws IOException {
        ByteArrayOutputStream hidden = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(hidden)) {
            zip.putNextEntry(new ZipEntry("META-INF/lora/g/a/adapter_model.safetensors"));
            zip.write('x');
            zip.closeEntry();
            zip.flush();
            hidden.write(Files.readAllBytes(jar()));
            Path jar = Files.write(directory.resolve("hidden.jar"), hidden.toByteArray());
            assertThatThrownBy(() -> SealedEvaluation.read(jar, "it:a:1.0", null))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessage("it:a:1.0: its entries differ from those that its directory lists, so programs"
                            + " would read different files." + ADVICE);
        }
    }

    /** The jar with one more entry. */
    private Path with(String entry) throws IOException {
        Path jar = directory.resolve("with.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry("META-INF/lora/g/a/" + file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            out.putNextEntry(new ZipEntry(entry));
        }
        return jar;
    }

    private String file(String name) {
        return Objects.requireNonNull(files.get(name));
    }

    /** As one who wants to deceive would. */
    private void reseal(String name, String content) throws IOException {
        String seal = file("evaluation/seal.json");
        String before = sha256(file(name));
        assertThat(seal).contains(before);
        files.put(name, content);
        files.put("evaluation/seal.json", seal.replace(before, sha256(content)));
    }

    private static String sha256(String text) throws IOException {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IOException(e);
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> SealedEvaluation.read(jar(), "it:a:1.0", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }

    private void assertRefusedWith(String start) {
        assertThatThrownBy(() -> SealedEvaluation.read(jar(), "it:a:1.0", null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(start);
    }

    private Path jar() throws IOException {
        return AdapterJars.write(directory.resolve("a.jar"), files);
    }
}
