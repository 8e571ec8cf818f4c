package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Templates with the habits of published ones, over tokenizers of several kinds: what is learnt, and what is asked, are
 * the tokens of transformers' {@code apply_chat_template}. See tools/golden_chat.py.
 */
class PublishedTemplatesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "prepends", "first", "always"})
    void tokensAreThoseOfTransformers(String name) throws IOException {
        JsonNode golden =
                JSON.readTree(TestModels.resource("/templates/chat.json").toFile());
        write(golden, name);
        int compared = 0;
        try (Tokenizer tokenizer = Tokenizer.load(directory)) {
            for (JsonNode one : golden.path("cases")) {
                if (one.path("tokenizer").asText().equals(name)) {
                    JsonNode template =
                            golden.path("templates").path(one.path("template").asText());
                    String label = one.path("template").asText() + " "
                            + one.path("conversation").asText();
                    Conversation conversation = new Conversation(ConversationJson.messages(
                            label,
                            golden.path("conversations")
                                    .path(one.path("conversation").asText())));
                    Files.writeString(
                            directory.resolve("chat_template.jinja"),
                            template.path("template").asText());
                    compare(label, format(tokenizer), tokenizer, template, conversation, one);
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(39);
    }

    private void compare(
            String label,
            ChatFormat format,
            Tokenizer tokenizer,
            JsonNode template,
            Conversation conversation,
            JsonNode expected) {
        List<EncodedConversation> encoded = format.encode(conversation);
        EncodedConversation last = encoded.get(encoded.size() - 1);
        int[] whole = ids(expected.path("ids"));
        int[] learnt = last.tokens().ids();
        // The template writes the end token itself, or the answer stops where it does.
        int written = learnt.length - (template.has("unended") ? 1 : 0);
        int[] prompt = ids(expected.path("prompts")
                .path(String.valueOf(conversation.messages().size() - 1)));
        boolean moved = template.has("opening") || template.has("cut");
        if (last.rewritten()) {
            assertThat(learnt).as(label).startsWith(prompt);
        } else {
            assertThat(Arrays.copyOf(learnt, written)).as(label).isEqualTo(Arrays.copyOf(whole, written));
        }
        expected.path("prompts").properties().forEach(each -> {
            int[] asked = format.prompt(conversation.upTo(Integer.parseInt(each.getKey())));
            if (moved) {
                assertThat(encoded.stream().map(sequence -> sequence.tokens().ids()))
                        .as(label)
                        .anySatisfy(ids -> assertThat(ids).startsWith(asked));
            } else {
                assertThat(asked).as(label).isEqualTo(ids(each.getValue()));
            }
        });
        List<String> answers = new ArrayList<>();
        for (Message message : conversation.messages()) {
            if (message.role() == Role.ASSISTANT) {
                String content = template.has("trims") ? message.content().strip() : message.content();
                answers.add(
                        template.path("learnt").asText().replace("{}", content).strip());
            }
        }
        List<String> found = new ArrayList<>();
        encoded.forEach(sequence -> found.addAll(learnt(sequence.tokens(), tokenizer)));
        if (template.has("unended")) {
            answers.replaceAll(String::strip);
            answers.set(answers.size() - 1, answers.get(answers.size() - 1) + "</s>");
        }
        // Some decoders put a space behind a token that was cut out of the text.
        answers.replaceAll(text -> text.replace(" \n", "\n"));
        found.replaceAll(text -> text.replace(" \n", "\n"));
        assertThat(found).as(label).isEqualTo(answers);
        assertThat(encoded.size())
                .as(label)
                .isEqualTo(last.rewritten() || (template.has("rewrites") && answers.size() > 1) ? answers.size() : 1);
        assertThat(format.answer(Arrays.copyOfRange(learnt, last.answerStart(), learnt.length)))
                .as(label)
                .isEqualTo(format.expected(conversation));
    }

    /** The stretches of text that are learnt. */
    private static List<String> learnt(TokenSequence tokens, Tokenizer tokenizer) {
        List<String> texts = new ArrayList<>();
        BitSet supervised = tokens.supervised();
        for (int start = supervised.nextSetBit(0); start >= 0; ) {
            int end = supervised.nextClearBit(start);
            texts.add(tokenizer
                    .decode(Arrays.copyOfRange(tokens.ids(), start, end), false)
                    .strip());
            start = supervised.nextSetBit(end);
        }
        return texts;
    }

    private ChatFormat format(Tokenizer tokenizer) {
        TestSpec spec = new TestSpec();
        spec.set("dataset.template: auto");
        return ChatFormat.of(spec.dataset(), directory, tokenizer, List.of());
    }

    /** Changes a tokenizer of the fixtures as the script does. */
    private void write(JsonNode golden, String name) throws IOException {
        JsonNode declared = golden.path("tokenizers").path(name);
        Path source = Fixtures.tokenizer(declared.path("fixture").asText()).resolve("tokenizer.json");
        ObjectNode files = (ObjectNode) JSON.readTree(source.toFile());
        declared.path("changes").properties().forEach(change -> files.set(change.getKey(), change.getValue()));
        ArrayNode added = (ArrayNode) files.path("added_tokens");
        Map<String, Integer> ids = new HashMap<>();
        files.path("model")
                .path("vocab")
                .properties()
                .forEach(token -> ids.put(token.getKey(), token.getValue().asInt()));
        added.forEach(token ->
                ids.put(token.path("content").asText(), token.path("id").asInt()));
        int number = ids.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
        List<String> there = new ArrayList<>();
        added.forEach(token -> there.add(token.path("content").asText()));
        for (JsonNode token : golden.path("tokens")) {
            if (!there.contains(token.path("content").asText())) {
                ObjectNode own = added.addObject().put("id", ++number);
                own.put("single_word", false).put("lstrip", false).put("normalized", false);
                own.setAll((ObjectNode) token);
            }
        }
        JSON.writeValue(directory.resolve("tokenizer.json").toFile(), files);
        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                "{\"tokenizer_class\": \"PreTrainedTokenizerFast\", \"bos_token\": \"<s>\", \"eos_token\": \"</s>\"}");
    }

    private static int[] ids(JsonNode list) {
        int[] ids = new int[list.size()];
        Arrays.setAll(ids, i -> list.get(i).asInt());
        return ids;
    }
}
