package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with transformers' AutoTokenizer; see tools/golden_tokenizers.py. */
class TokenizerFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    static Stream<Arguments> tokenizers() {
        return Stream.of("cases.json", "cases-5.json").flatMap(file -> cases(file, "cases"));
    }

    static Stream<Arguments> templates() {
        return cases("cases.json", "templates");
    }

    private static Stream<Arguments> cases(String file, String key) {
        try {
            JsonNode golden = JSON.readTree(
                    Fixtures.tokenizer("bytes").resolveSibling(file).toFile());
            return StreamSupport.stream(golden.get(key).spliterator(), false)
                    .map(made -> Arguments.of(made.get("name").textValue(), made, golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokenizers")
    void agreesWithTransformers(String name, JsonNode made, JsonNode golden) throws IOException {
        write(made, golden);
        JsonNode expected = made.get("expected");
        assertThat(variables()).isEqualTo(JSON.convertValue(expected.get("variables"), Map.class));
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            for (Map.Entry<String, JsonNode> token : expected.get("added").properties()) {
                assertThat(tokenizer.id(token.getKey()))
                        .as(token.getKey())
                        .isEqualTo(OptionalInt.of(token.getValue().intValue()));
            }
            int index = 0;
            for (JsonNode text : golden.get("texts")) {
                JsonNode answers = expected.get("texts").get(index++);
                String of = text.textValue();
                assertThat(tokenizer.encode(of, false)).as(of).isEqualTo(ints(answers.get(0)));
                assertThat(tokenizer.encode(of, true)).as(of).isEqualTo(ints(answers.get(1)));
                assertThat(tokenizer.decode(ints(answers.get(1)), true))
                        .isEqualTo(answers.get(2).textValue());
                assertThat(tokenizer.decode(ints(answers.get(1)), false))
                        .isEqualTo(answers.get(3).textValue());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("templates")
    void takesTheTemplateThatTransformersTakes(String name, JsonNode made, JsonNode golden) throws IOException {
        write(made, golden);
        ChatTemplate template = ChatTemplate.of(directory).orElseThrow();
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            for (String key : List.of("plain", "withTools")) {
                JsonNode expected = made.get(key);
                if (expected.isNull()) {
                    assertThatThrownBy(() -> rendered(template, key))
                            .isInstanceOf(InvalidInputException.class)
                            .hasMessageContaining("but none named default");
                } else {
                    String text = rendered(template, key);
                    assertThat(text).isEqualTo(expected.get(0).textValue());
                    assertThat(tokenizer.encode(text, false)).isEqualTo(ints(expected.get(1)));
                }
            }
        }
    }

    private static String rendered(ChatTemplate template, String key) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("messages", List.of(Map.of("role", "user", "content", "hi")));
        if (key.equals("withTools")) {
            variables.put("tools", List.of(Map.of("type", "function")));
        }
        return template.render(variables, false, Clock.systemUTC()).text();
    }

    private Map<String, Object> variables() {
        return new LinkedHashMap<>(SpecialTokens.of(directory).variables());
    }

    private void write(JsonNode made, JsonNode golden) throws IOException {
        String base = made.get("base").textValue();
        ObjectNode tokenizer = golden.has(base)
                ? golden.get(base).deepCopy()
                : (ObjectNode) JSON.readTree(
                        Fixtures.tokenizer(base).resolve("tokenizer.json").toFile());
        made.get("parts").properties().forEach(part -> tokenizer.set(part.getKey(), part.getValue()));
        JSON.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer);
        Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"llama\"}");
        for (Map.Entry<String, JsonNode> file : made.get("files").properties()) {
            JSON.writeValue(directory.resolve(file.getKey()).toFile(), file.getValue());
        }
        for (Map.Entry<String, JsonNode> template : made.path("templates").properties()) {
            Path file = directory.resolve(template.getKey());
            Files.createDirectories(file.getParent());
            Files.writeString(file, template.getValue().textValue());
        }
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }
}
