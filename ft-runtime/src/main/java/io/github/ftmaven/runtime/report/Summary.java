package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.scores.Scores;

/** One build, from training to verdict. */
public record Summary(String name, Scores scores, GateResult gate, TrainingSummary training, ArtifactFile artifact) {}
