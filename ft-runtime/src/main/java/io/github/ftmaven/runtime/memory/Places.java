package io.github.ftmaven.runtime.memory;

import io.github.ftmaven.runtime.spec.EvaluationRunner;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Runner;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a fine-tune computes.
 *
 * @param training where it trains
 * @param evaluation where its models answer
 */
public record Places(Runner training, EvaluationRunner evaluation) {
    static Places of(FineTuneSpec spec) {
        return new Places(spec.training().run().runner(), spec.evaluation().runner());
    }

    /** A sentence on each machine that computes and is not this one. */
    List<String> elsewhere() {
        boolean trains = training == Runner.SPARK;
        boolean answers = evaluation == EvaluationRunner.SPARK;
        List<String> lines = new ArrayList<>();
        if (training == Runner.COMMAND) {
            lines.add("Another machine trains (training.runner: command). The plan is for one like this machine.");
        }
        if (trains || answers) {
            lines.add("Spark's workers "
                    + (trains && answers
                            ? "train and answer (training.runner, evaluation.runner)"
                            : trains ? "train (training.runner)" : "answer (evaluation.runner)")
                    + ". The plan is for one on a machine like this.");
        }
        return lines;
    }
}
