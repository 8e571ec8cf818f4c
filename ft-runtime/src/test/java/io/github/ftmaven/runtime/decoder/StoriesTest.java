package io.github.ftmaven.runtime.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.PublishedGoldens;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A published model against the answers of a float64 forward pass; {@link TrainedModelTest} has our own. */
@Tag("published")
class StoriesTest {
    @Test
    void tellsTheKnownStory() throws IOException {
        Path directory = PublishedGoldens.path("models/stories260k");
        JsonNode expected =
                new JsonMapper().readTree(directory.resolve("expected.json").toFile());
        int[] story = StreamSupport.stream(expected.get("greedy_ids").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
        ModelDirectory model = ModelDirectory.open(directory, "stories260k");
        try (Arena arena = Torch.load("cpu", 1).arena()) {
            Decoder decoder = Decoder.of(
                    arena,
                    model.architecture(),
                    BaseTensors.read(arena, model.architecture(), model.weights()),
                    null,
                    false);
            assertThat(decoder.generate(List.of(new int[] {1}), story.length - 1, -1)
                            .get(0))
                    .isEqualTo(Arrays.copyOfRange(story, 1, story.length));

            float[] last = decoder.logits(List.of(story)).get(0)[story.length - 2]; // what chose the last token
            JsonNode logits = expected.get("logits_last_position_first16");
            for (int i = 0; i < logits.size(); i++) {
                assertThat((double) last[i]).isCloseTo(logits.get(i).asDouble(), within(1e-4));
            }

            BitSet all = new BitSet();
            all.set(1, story.length);
            double loss = decoder.loss(List.of(new TokenSequence(story, all))) / (story.length - 1);
            assertThat(loss).isCloseTo(expected.get("mean_nll_of_greedy_ids").asDouble(), within(1e-5));
        }
    }
}
