package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.PublishedGoldens;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    /** The fixture "bytes" asks for truncation at 8 tokens and padding to 16, and one text has 700 words. */
    @ParameterizedTest
    @ValueSource(strings = {"bytes", "words"})
    void agreesWithTheReferenceLibrary(String name) throws IOException {
        JsonNode expected =
                JSON.readTree(Fixtures.tokenizer(name).resolve("expected.json").toFile());
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer(name))) {
            assertThat(tokenizer.size()).isEqualTo(expected.get("size").intValue());
            for (JsonNode c : expected.get("cases")) {
                String text = c.get("text").textValue();
                int[] whole = ints(c.get("withSpecialTokens"));
                assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(ints(c.get("ids")));
                assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(whole);
                assertThat(tokenizer.decode(whole, true))
                        .isEqualTo(c.get("decoded").textValue());
                assertThat(tokenizer.decode(whole, false))
                        .isEqualTo(c.get("decodedWithSpecialTokens").textValue());
            }
        }
    }

    @Test
    void isSafeForSeveralThreads() {
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("words"))) {
            int[] expected = tokenizer.encode("Where is my card?", true);
            assertThat(Collections.nCopies(2000, "Where is my card?").parallelStream()
                            .map(text -> tokenizer.encode(text, true)))
                    .allMatch(ids -> java.util.Arrays.equals(ids, expected));
        }
    }

    @Test
    void beginsATextWithoutEndingIt() {
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("words"))) {
            int[] whole = tokenizer.encode("my card", true);
            assertThat(whole).startsWith(1).endsWith(2);
            assertThat(tokenizer.encodeBeginning("my card"))
                    .isEqualTo(java.util.Arrays.copyOf(whole, whole.length - 1));
            assertThat(tokenizer.encodeBeginning("")).containsExactly(1);
        }
    }

    @Test
    void knowsItsTokensByName() {
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("bytes"))) {
            assertThat(tokenizer.id("<|im_end|>")).hasValue(362);
            assertThat(tokenizer.id("!")).hasValue(0);
            assertThat(tokenizer.id("<|im_ende|>")).isEmpty();
            assertThat(tokenizer.endOfText()).hasValue(362);
            assertThatThrownBy(() -> tokenizer.requireId("dataset.endToken", "<|im_ende|>"))
                    .hasMessage(
                            "dataset.endToken: the tokenizer has no token '<|im_ende|>'. Did you mean '<|im_end|>'?");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "tokenizer_config.json; {'eos_token': '</s>'}; 2",
                "tokenizer_config.json; {'eos_token': {'content': '<s>', 'lstrip': false}}; 1",
                "tokenizer_config.json; {'eos_token': null}; ",
                "special_tokens_map.json; {'eos_token': '</s>'}; 2",
            })
    void readsTheEndOfText(String file, String content, Integer expected) throws IOException {
        Files.copy(Fixtures.tokenizer("words").resolve("tokenizer.json"), directory.resolve("tokenizer.json"));
        Files.writeString(directory.resolve(file), content.replace('\'', '"'));
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            assertThat(tokenizer.endOfText().stream().boxed())
                    .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected));
        }
    }

    @Test
    void readsAUnigramVocabulary() throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
                 "pre_tokenizer": null, "post_processor": null, "decoder": null,
                 "model": {"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0], ["a", -1.5], ["ab", -1.0]]}}
                """);
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            assertThat(tokenizer.id("ab")).hasValue(2);
            assertThat(tokenizer.size()).isEqualTo(3);
            assertThat(tokenizer.encode("aba", false)).containsExactly(2, 1);
        }
    }

    @Test
    void refusesAModelWithTooSmallAnEmbedding() {
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("words"))) {
            tokenizer.checkFits(400);
            tokenizer.checkFits(512);
            assertThatThrownBy(() -> tokenizer.checkFits(399))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("has ids up to 399, but the model's embedding has 399 rows");
        }
    }

    @Test
    void refusesADirectoryWithoutTokenizer() throws IOException {
        assertRefused("tokenizer.json: no such file. A base model needs its tokenizer.json.");
        Files.writeString(directory.resolve("tokenizer.model"), "");
        assertRefused("; convert tokenizer.model first.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"model\": {\"type\": \"Foo\"}}"})
    void refusesWhatTheLibraryRefuses(String content) throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), content);
        assertRefused(": the tokenizer cannot be loaded: ");
    }

    @Test
    void refusesFilesThatContradictEachOther() throws IOException {
        Path config = Fixtures.copy("words", directory).resolve("tokenizer_config.json");
        Files.writeString(config, "{\"eos_token\": \"<eos>\"}");
        assertRefused("tokenizer_config.json: eos_token is '<eos>', which tokenizer.json does not have.");
        Files.writeString(config, "{\"tokenizer_class\": \"LlamaTokenizerFast\", \"bos_token\": null}");
        assertRefused("tokenizer_config.json: add_bos_token is true, but there is no bos_token. Name one, or set"
                + " add_bos_token to false.");
        Files.writeString(config, "{\"eos_token\": ");
        assertRefused("tokenizer_config.json:1:15: not valid JSON: ");
        Files.writeString(config, "[]");
        assertRefused("tokenizer_config.json: must be a JSON object.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'tokenizer_class': 'LamaTokenizer'}; tokenizer_class is 'LamaTokenizer', a class whose additions to"
                        + " tokenizer.json are unknown. Did you mean 'LlamaTokenizer'?",
                "{'split_special_tokens': true}; split_special_tokens is true, which is not supported.",
                "{'added_tokens_decoder': {'x': {}}}; added_tokens_decoder.x must be an object under an id.",
                "{'additional_special_tokens': 'x'}; additional_special_tokens must be a list of tokens.",
                "{'bos_token': 1}; bos_token is 1, but must be a token: its text, or an object with its content.",
            })
    void refusesSettingsThatTransformersRefusesOrObeysOtherwise(String config, String message) throws IOException {
        Files.writeString(
                Fixtures.copy("words", directory).resolve("tokenizer_config.json"), config.replace('\'', '"'));
        assertRefused("tokenizer_config.json: " + message);
    }

    /** The library ends the process for each of these, so that nothing can be caught. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'single': [{'Sequence': {'id': 'A'}}, {'Sequence': {'id': 'B'}}]; the template for one text refers to a"
                        + " second text, B.",
                "'single': [{'SpecialToken': {'id': '[CLS]'}}, {'Sequence': {'id': 'A'}}]; the template uses [CLS],"
                        + " which is missing in special_tokens.",
                "'single': []; the template for one text contains the text 0 times.",
            })
    void refusesAPostProcessorThatWouldEndTheProcess(String single, String message) throws IOException {
        ObjectNode tokenizer = (ObjectNode) JSON.readTree(
                Fixtures.tokenizer("words").resolve("tokenizer.json").toFile());
        JsonNode template =
                JSON.readTree("{'type': 'TemplateProcessing', 'pair': [], 'special_tokens': {}, ".replace('\'', '"')
                        + single.replace('\'', '"') + "}");
        for (JsonNode processor : List.of(
                template,
                JSON.createObjectNode()
                        .put("type", "Sequence")
                        .set("processors", JSON.createArrayNode().add(template)))) {
            tokenizer.set("post_processor", processor);
            JSON.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer);
            assertRefused("tokenizer.json: the tokenizer cannot be loaded: in its post_processor, " + message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "continuing_subword_prefix, '\"##\"', continuing_subword_prefix is not supported",
        "dropout, 0.1, dropout would encode the same text differently every time",
    })
    void refusesAModelOfBytePairsThatIsNotOne(String key, String value, String message) throws IOException {
        ObjectNode tokenizer = (ObjectNode) JSON.readTree(
                Fixtures.tokenizer("words").resolve("tokenizer.json").toFile());
        ((ObjectNode) tokenizer.get("model")).set(key, JSON.readTree(value));
        JSON.writeValue(directory.resolve("tokenizer.json").toFile(), tokenizer);
        assertRefused("tokenizer.json: the tokenizer cannot be loaded: its model's " + message + ".");
    }

    /** A padding token that is only named has no row in the embedding, and needs none until a text holds it. */
    @Test
    void aTokenThatIsOnlyNamedMayBeBeyondTheEmbedding() throws IOException {
        Files.writeString(
                Fixtures.copy("words", directory).resolve("tokenizer_config.json"), "{\"pad_token\": \"[PAD]\"}");
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            tokenizer.checkFits(401);
            assertThat(tokenizer.encode("my [PAD]", false)).contains(400);
            tokenizer.checkFits(400);
            assertThat(tokenizer.encode("my card", false)).isNotEmpty();
            assertThatThrownBy(() -> tokenizer.encode("my [PAD]", false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageEndingWith("tokenizer.json: the token '[PAD]' has the id 400, but the model's embedding"
                            + " has 400 rows. Do not use it.");
        }
    }

    /** {@code TrainedModelTest} reads our own. */
    @Test
    @Tag("published")
    void readsAPublishedModel() throws IOException {
        Path model = PublishedGoldens.path("models/stories260k");
        JsonNode expected = JSON.readTree(model.resolve("expected.json").toFile());
        try (Tokenizer tokenizer = Tokenizer.load(model)) {
            int[] ids = ints(expected.get("greedy_ids"));
            String text = tokenizer.decode(ids, true);
            assertThat(text).startsWith("Once upon a time, there was a little girl named Lily.");
            assertThat(tokenizer.encode(text, true)).startsWith(1).isEqualTo(ids);
            assertThat(tokenizer.endOfText()).hasValue(2);
            tokenizer.checkFits(512);
        }
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> Tokenizer.load(directory).close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(directory.toString())
                .hasMessageContaining(message);
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::intValue)
                .toArray();
    }
}
