package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.model.TestModels;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A model that was trained, the base of examples/clause-triage, against what {@code tools/golden_trained.py} had from
 * transformers in float64.
 */
class TrainedModelTest {
    private static final Path MODEL = Path.of("../examples/clause-triage/src/main/ft/base");

    private static JsonNode golden;

    @BeforeAll
    static void read() throws IOException {
        golden = new JsonMapper()
                .readTree(TestModels.resource("/models/trained.json").toFile());
    }

    @Test
    void isTheModelThatTransformersRead() throws Exception {
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(MODEL.resolve("model.safetensors")));
        assertThat(HexFormat.of().formatHex(digest))
                .as("the base was trained anew: run tools/golden_trained.py")
                .isEqualTo(golden.path("sha256").asText());
    }

    @Test
    void tellsTheSameStories() {
        ModelDirectory model = ModelDirectory.open(MODEL, "base");
        assertThat(golden.path("stories")).hasSize(3);
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            Decoder decoder = Decoder.of(
                    arena,
                    model.architecture(),
                    BaseTensors.read(arena, model.architecture(), model.weights()),
                    null,
                    false);
            for (JsonNode story : golden.path("stories")) {
                int[] ids = ints(story.path("ids"));
                int begun = story.path("begun").asInt();
                assertThat(decoder.generate(List.of(Arrays.copyOf(ids, begun)), ids.length - begun, -1)
                                .get(0))
                        .isEqualTo(Arrays.copyOfRange(ids, begun, ids.length));

                float[] last = decoder.logits(List.of(ids)).get(0)[ids.length - 2]; // what chose the last token
                JsonNode logits = story.path("logits");
                for (int i = 0; i < logits.size(); i++) {
                    assertThat((double) last[i]).isCloseTo(logits.get(i).asDouble(), within(1e-4));
                }

                BitSet all = new BitSet();
                all.set(1, ids.length);
                double loss = decoder.loss(List.of(new TokenSequence(ids, all))) / (ids.length - 1);
                assertThat(loss).isCloseTo(story.path("loss").asDouble(), within(1e-5));
            }
        }
    }

    @Test
    void itsTokensAreThose() {
        try (Tokenizer tokenizer = Tokenizer.load(MODEL)) {
            assertThat(tokenizer.endOfText()).hasValue(0);
            for (JsonNode story : golden.path("stories")) {
                int[] ids = ints(story.path("ids"));
                assertThat(tokenizer.encode(story.path("start").asText(), true))
                        .isEqualTo(Arrays.copyOf(ids, story.path("begun").asInt()));
                assertThat(tokenizer.decode(ids, true))
                        .isEqualTo(story.path("text").asText());
                assertThat(tokenizer.encode(story.path("text").asText(), true)).isEqualTo(ints(story.path("encoded")));
            }
        }
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
    }
}
