package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a goal needs of the goals before it. */
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

    private static void require(FineTune fineTune, Path file, String goal) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidInputException(fineTune.shown(file) + ": no such file. Run ft:" + goal
                    + " first, or the build from its beginning.");
        }
    }
}
