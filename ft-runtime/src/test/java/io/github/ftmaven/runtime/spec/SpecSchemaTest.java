package io.github.ftmaven.runtime.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.ftmaven.runtime.yaml.CoreSchema;
import io.github.ftmaven.runtime.yaml.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

class SpecSchemaTest {
    private static final Path COMMITTED =
            Path.of("src/main/resources/io/github/ftmaven/runtime/spec/fine-tune.schema.json");

    /** What no schema sees: how the YAML is written, and rules between sections. */
    private static final Set<String> BEYOND_SCHEMA = Set.of(
            "bfloat16-full",
            "comment-only",
            "complex-key",
            "control-character",
            "custom-tag",
            "custom-tag-scalar",
            "distill-limit-without-price",
            "distill-limits",
            "distill-without-bound",
            "duplicate-key",
            "duplicate-section",
            "empty",
            "evaluation-runner",
            "evaluation-runner-full",
            "formats-without-peft",
            "fractions-of-everything",
            "from-without-times",
            "full-with-lora-keys",
            "gguf-adapter-of-full",
            "gguf-of-dora",
            "gguf-without-format",
            "judge-without-suite",
            "merge-key",
            "merged-into-quantized",
            "merged-into-random",
            "input-beside-filled-columns",
            "layout-beside-columns",
            "local-steps-without-replicas",
            "offload-full",
            "offload-random",
            "offload-without-recomputation",
            "pass-rate-without-suite",
            "recursive-alias",
            "remote-data",
            "replicas-without-local-steps",
            "rule-drift",
            "rule-metric",
            "rule-over",
            "rule-scores",
            "runner-command",
            "runner-spark-full",
            "runner-without-section",
            "split-of-files",
            "split-stratified-and-grouped",
            "split-stratified-and-timed",
            "split-timed-by-seed",
            "stopping-without-validation",
            "syntax-alias",
            "syntax-bracket",
            "syntax-indent",
            "syntax-tab",
            "template-arguments",
            "too-deep",
            "two-documents",
            "unwritable-character");

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final Schema schema = REGISTRY.getSchema(SpecSchema.generate());

    @Test
    void isCommittedAsGenerated() throws IOException {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        String json = JsonMapper.builder()
                .build()
                .writer(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter))
                .writeValueAsString(SpecSchema.generate());
        Golden.assertSame(COMMITTED, json);
    }

    @Test
    void isAValidSchema() {
        Schema metaSchema = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(metaSchema.validate(SpecSchema.generate())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "complete", "forms", "full"})
    void acceptsGoodSpecs(String name) throws IOException {
        assertThat(schema.validate(read(GoodSpecTest.DIRECTORY.resolve(name + ".yaml"))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("visible")
    void refusesBadSpecs(String name) throws IOException {
        assertThat(schema.validate(read(BadSpecTest.DIRECTORY.resolve(name + ".yaml"))))
                .isNotEmpty();
    }

    static List<String> visible() throws IOException {
        assertThat(BadSpecTest.names()).containsAll(BEYOND_SCHEMA);
        return BadSpecTest.names().stream()
                .filter(name -> !BEYOND_SCHEMA.contains(name))
                .toList();
    }

    private static JsonNode read(Path file) throws IOException {
        Node root = Yaml.parse(Files.readAllBytes(file), file.toString());
        return json(Objects.requireNonNull(root));
    }

    private static JsonNode json(Node node) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (node instanceof MappingNode mapping) {
            ObjectNode object = json.objectNode();
            mapping.getValue()
                    .forEach(entry ->
                            object.set(((ScalarNode) entry.getKeyNode()).getValue(), json(entry.getValueNode())));
            return object;
        } else if (node instanceof SequenceNode sequence) {
            return json.arrayNode()
                    .addAll(sequence.getValue().stream()
                            .map(SpecSchemaTest::json)
                            .toList());
        }
        ScalarNode scalar = (ScalarNode) node;
        Boolean bool = CoreSchema.bool(scalar);
        Number number = CoreSchema.number(scalar);
        if (scalar.getTag().equals(Tag.NULL)) {
            return json.nullNode();
        } else if (bool != null) {
            return json.booleanNode(bool);
        }
        return number == null ? json.textNode(scalar.getValue()) : new JsonMapper().valueToTree(number);
    }
}
