package io.github.ftmaven.plugin.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.dataset.Distilled;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.worker.Versions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
    @TempDir
    Path directory;

    @Test
    void tellsWhatItWasMadeFromAndWith() throws Exception {
        TestProject project = new TestProject(directory).dataset();
        JsonNode json = new JsonMapper().readTree(provenance(project));

        assertThat(json.at("/base/model").asText()).isEqualTo("model");
        assertThat(json.at("/base/weights/model.safetensors").asText())
                .isEqualTo(Digests.sha256(project.file("src/main/ft/model/model.safetensors")));
        assertThat(json.at("/dataset/train.jsonl").asText())
                .isEqualTo(Digests.sha256(project.file("target/ft/dataset/train.jsonl")));
        assertThat(json.at("/distilled").toString())
                .isEqualTo("[{\"teacher\":\"big\",\"server\":\"host\",\"rows\":5}]");
        assertThat(json.at("/training/seed").asText()).isEqualTo("7");
        assertThat(json.at("/training/precision").asText()).isEqualTo("float32");
        assertThat(json.at("/training/device").asText()).isEqualTo("cpu");
        assertThat(json.at("/training/threads").asText()).isEqualTo("3");
        assertThat(json.at("/versions/libtorch").asText())
                .isEqualTo(Versions.current().libtorch());
        assertThat(json.at("/versions/plugin").asText())
                .isEqualTo(Versions.current().plugin());
    }

    @Test
    void tellsWhatWasLeftOutOfTheConfiguration() throws Exception {
        TestProject project = new TestProject(directory).dataset();
        project.write(
                "src/main/ft/model/config.json",
                Files.readString(project.file("src/main/ft/model/config.json"))
                        .replaceFirst("\\{", "{\"router_bias\": 1,"));
        project.write(
                "src/main/ft/fine-tune.yaml",
                Files.readString(project.file("src/main/ft/fine-tune.yaml"))
                        .replace("model: model\n", "model: model\n  ignoreKeys: [router_bias]\n"));

        JsonNode json = new JsonMapper().readTree(provenance(project));

        assertThat(json.at("/base/ignoreKeys").toString()).isEqualTo("[\"router_bias\"]");
    }

    @Test
    void tellsTheFilesOfTheAdapterItWentOnFrom() throws Exception {
        TestProject project = new TestProject(directory).dataset();
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        AdapterJar.of("g:a")
                .add("adapter_config.json", config)
                .add("adapter_model.safetensors", new byte[0])
                .write(project.file("src/main/ft/begun.jar"), Instant.EPOCH.plusSeconds(400_000_000));
        project.spec("adapter: {startFrom: begun.jar}\n");

        JsonNode json = new JsonMapper().readTree(provenance(project));

        assertThat(json.at("/startFrom/adapter_config.json").asText()).isEqualTo(Digests.sha256(config));
        assertThat(json.at("/startFrom").size()).isEqualTo(2);
    }

    @Test
    void tellsOfAGpuWhetherItRepeats() throws Exception {
        TestProject project = new TestProject(directory).dataset();

        assertThat(json(project, "cuda").at("/training/deterministic").isBoolean())
                .isTrue();
        assertThat(json(project, "cuda").at("/training/deterministic").booleanValue())
                .isFalse();
        assertThat(json(project, "cpu").at("/training/deterministic").isMissingNode())
                .isTrue();
    }

    @Test
    void tellsThatMemoryWasShort() throws Exception {
        TestProject project = new TestProject(directory).dataset();
        assertThat(json(project, "cpu").at("/training/microBatchTokens").isMissingNode())
                .isTrue();

        project.write("target/ft/train/training.json", "{\"microBatchTokens\": 256}");
        assertThat(json(project, "cpu").at("/training/microBatchTokens").intValue())
                .isEqualTo(256);
    }

    @Test
    void doesNotTellWhereItWasMade() throws Exception {
        TestProject project = new TestProject(directory).dataset();
        Path model = project.file("src/main/ft/model");
        project.write(
                "src/main/ft/fine-tune.yaml",
                Files.readString(project.file("src/main/ft/fine-tune.yaml"))
                        .replace("model: model", "model: " + model));

        assertThat(new String(provenance(project), StandardCharsets.UTF_8))
                .contains("\"model\" : \"model\"")
                .doesNotContain(directory.toString());
    }

    private JsonNode json(TestProject project, String device) throws Exception {
        return new JsonMapper().readTree(made(project, device));
    }

    private byte[] provenance(TestProject project) throws Exception {
        String spec = Files.readString(project.file("src/main/ft/fine-tune.yaml"));
        project.write("src/main/ft/fine-tune.yaml", spec + "training: {seed: 7}\n");
        return made(project, "cpu");
    }

    private byte[] made(TestProject project, String device) throws Exception {
        DigestCache digests = new DigestCache(directory.resolve("digests.json"));
        Stamp training = new StageStamps(
                        project.fineTune(), digests, new StageStamps.Compute(device, "", "linux-x86_64", 3, Map.of()))
                .train();
        return new Provenance(project.fineTune(), digests).json(training, List.of(new Distilled("big", "host", 5)));
    }
}
