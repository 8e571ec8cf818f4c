package io.github.ftmaven.runtime.scores;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.util.List;

/** {@code scores.json}. */
class ScoresFuzzTest extends FuzzedReader {
    ScoresFuzzTest() {
        super("scores");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        return List.of(
                ScoresJson.bytes(SampleScores.accuracy(0.5, 1)),
                ScoresJson.bytes(SampleScores.of(SampleScores.answers(ProviderScores.TUNED, 2, i -> i == 0))));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        ScoresJson.parse("scores.json", input, "Run ft:evaluate again.");
    }
}
