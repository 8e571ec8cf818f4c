package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks the results of earlier goals that a goal needs. */
final class Needs {
    private Needs() {}

    static void dataset(FineTune fineTune) {
        require(fineTune, fineTune.output().resolve("dataset/dataset.json"), "dataset");
    }

    static void adapter(FineTune fineTune) {
        require(fineTune, fineTune.output().resolve("train/stamp.json"), "train");
    }

    static void artifact(FineTune fineTune, Path jar) {
        require(fineTune, jar, "package");
    }

    static void scores(FineTune fineTune) {
        require(fineTune, fineTune.output().resolve("evaluation/scores.json"), "evaluate");
    }

    /** Requires a stage's result to be unchanged since the stage wrote it, even if this build skips the stage. */
    static void intact(FineTune fineTune, Stage stage, String made) throws IOException {
        String advice = "Run ft:" + stage.name() + " again.";
        DigestCache digests = new DigestCache(fineTune.output().resolve("digests.json"));
        Optional<String> damage = new Stamps(fineTune.project(), digests).damage(stage, advice);
        if (damage.isPresent()) {
            throw new InvalidInputException(damage.get() + " since it was " + made + ". " + advice);
        }
    }

    private static void require(FineTune fineTune, Path file, String goal) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(fineTune.shown(file) + ": no such file. Run ft:" + goal
                    + " first, or the build from its beginning.");
        }
    }
}
