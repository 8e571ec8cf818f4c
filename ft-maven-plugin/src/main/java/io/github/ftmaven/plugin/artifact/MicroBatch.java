package io.github.ftmaven.plugin.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.files.JsonFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The tokens that a training computed at once. */
final class MicroBatch {
    private MicroBatch() {}

    /** Empty if they were those of the spec. Otherwise memory was short, so sums were added in another order. */
    static Optional<Integer> lowered(FineTune fineTune) {
        Path file = fineTune.output().resolve("train/training.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode lowered =
                JsonFile.read(file, "Run the training again (ft:train).").path("microBatchTokens");
        return lowered.isInt() ? Optional.of(lowered.intValue()) : Optional.empty();
    }
}
