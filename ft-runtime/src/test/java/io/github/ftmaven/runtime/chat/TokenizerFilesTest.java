package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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

    static Stream<Arguments> cases() {
        return Stream.of("cases.json", "cases-5.json").flatMap(TokenizerFilesTest::cases);
    }

    private static Stream<Arguments> cases(String file) {
        try {
            JsonNode golden = JSON.readTree(
                    Fixtures.tokenizer("bytes").resolveSibling(file).toFile());
            return StreamSupport.stream(golden.get("cases").spliterator(), false)
                    .map(made -> Arguments.of(made.get("name").textValue(), made, golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithTransformers(String name, JsonNode made, JsonNode golden) throws IOException {
        write(made, golden.get("unigram"));
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

    private Map<String, Object> variables() {
        return new LinkedHashMap<>(SpecialTokens.of(directory).variables());
    }

    private void write(JsonNode made, JsonNode unigram) throws IOException {
        String base = made.get("base").textValue();
        ObjectNode tokenizer = base.equals("unigram")
                ? unigram.deepCopy()
                : (ObjectNode) JSON.readTree(
                        Fixtures.tokenizer(base).resolve("tokenizer.json").toFile());
        made.get("parts").properties().forEach(part -> tokenizer.set(part.getKey(), part.getValue()));
        JSON.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer);
        Files.writeString(directory.resolve("config.json"), "{\"model_type\": \"llama\"}");
        for (Map.Entry<String, JsonNode> file : made.get("files").properties()) {
            JSON.writeValue(directory.resolve(file.getKey()).toFile(), file.getValue());
        }
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }
}
