package io.github.ftmaven.plugin.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.chat.NamedToken;
import io.github.ftmaven.runtime.report.ModelCard;
import io.github.ftmaven.runtime.report.PublishedBase;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Licenses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of CycloneDX 1.6's JSON Schema for what is in a bill of ours. */
class MlBomTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    Path directory;

    @Test
    void isABillOfTheModelItsBaseAndItsData() throws Exception {
        JsonNode bom =
                bom("Telling warm from cold.", new Licenses("Apache-2.0", "Llama 3.2 Community License", "CC-BY-4.0"));

        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bom.path("specVersion").asText()).isEqualTo("1.6");
        assertThat(bom.path("version").asInt()).isOne();
        assertThat(bom.path("serialNumber").asText())
                .matches("urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        assertThat(bom.path("metadata").has("timestamp")).isFalse();

        JsonNode model = bom.path("metadata").path("component");
        assertThat(model.path("type").asText()).isEqualTo("machine-learning-model");
        assertThat(model.path("purl").asText()).isEqualTo("pkg:maven/com.acme/triage@1.0");
        assertThat(model.at("/hashes/0/alg").asText()).isEqualTo("SHA-256");
        assertThat(model.at("/hashes/0/content").asText()).matches("[0-9a-f]{64}");
        assertThat(model.at("/licenses/0/license/id").asText()).isEqualTo("Apache-2.0");
        assertThat(model.at("/modelCard/modelParameters/approach/type").asText())
                .isEqualTo("supervised");
        assertThat(model.at("/modelCard/modelParameters/modelArchitecture").asText())
                .isEqualTo("llama");
        assertThat(model.at("/modelCard/considerations/useCases/0").asText()).isEqualTo("Telling warm from cold.");

        JsonNode base = bom.at("/components/0");
        assertThat(base.path("type").asText()).isEqualTo("machine-learning-model");
        // No SPDX identifier: the schema allows it as a name only.
        assertThat(base.at("/licenses/0/license/name").asText()).isEqualTo("Llama 3.2 Community License");
        JsonNode data = bom.at("/components/1");
        assertThat(data.path("type").asText()).isEqualTo("data");
        assertThat(data.at("/data/0/type").asText()).isEqualTo("dataset");
        assertThat(data.at("/hashes/0/content").asText()).isEqualTo(DIGEST);

        List<String> references = bom.path("components").findValuesAsText("bom-ref");
        assertThat(references).containsExactly("base", "dataset-train").doesNotHaveDuplicates();
        assertThat(model.at("/modelCard/modelParameters/datasets").findValuesAsText("ref"))
                .containsExactly("dataset-train");
        assertThat(bom.at("/dependencies/0/dependsOn").valueStream().map(JsonNode::asText))
                .containsExactlyElementsOf(references);
    }

    @Test
    void leavesOutWhatIsNotDeclared() throws Exception {
        String text = bom(null, new Licenses(null, null, null)).toString();
        assertThat(text).doesNotContain("licenses", "considerations", "null").doesNotContain(directory.toString());
    }

    @Test
    void isTheSameToTheByteEachTime() throws Exception {
        Licenses licenses = new Licenses("MIT", null, null);
        byte[] first = json(directory.resolve("first"), null, licenses);
        assertThat(json(directory.resolve("second"), null, licenses)).isEqualTo(first);
    }

    private JsonNode bom(@Nullable String use, Licenses licenses) throws Exception {
        return new JsonMapper().readTree(json(directory, use, licenses));
    }

    private static byte[] json(Path directory, @Nullable String use, Licenses licenses) throws Exception {
        TestProject project = new TestProject(directory).dataset().adapter();
        FineTuneSpec spec = project.fineTune().spec();
        ModelCard.Facts card = new ModelCard.Facts(
                "triage",
                new ModelCard.Base(new PublishedBase("/home/me/model", null), DIGEST),
                new ModelCard.Method(
                        spec.base().quantization(),
                        null,
                        null,
                        new ModelCard.Arithmetic("float32", null, null),
                        spec.training(),
                        1,
                        null,
                        null),
                new ModelCard.Asked("plain", null, false, null, new NamedToken(1, "</s>", true), false, true, null, 4),
                List.of(new ModelCard.Split("train", 10, 20, 5, DIGEST)),
                List.of(),
                Map.of(),
                new ModelCard.Declared(use, licenses),
                new ModelCard.Files(Map.of(), null));
        Stamp training = new Stamp(
                new TreeMap<>(Map.of("plugin.version", "0.1.0", "djl.version", "0.36.0", "libtorch.version", "2.7.1")));
        DigestCache digests = new DigestCache(directory.resolve("digests.json"));
        byte[] json = new MlBom(project.fineTune(), digests, card)
                .json(
                        new MlBom.Coordinates("com.acme", "triage", "1.0"),
                        directory.resolve("target/ft/train/adapter/adapter_model.safetensors"),
                        training);
        assertThat(new String(json, StandardCharsets.UTF_8)).endsWith("}\n").doesNotContain("/home");
        return json;
    }
}
