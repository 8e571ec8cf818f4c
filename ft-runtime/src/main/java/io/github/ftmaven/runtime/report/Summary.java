package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.scores.Scores;
import org.jspecify.annotations.Nullable;

/**
 * One build, from training to verdict.
 *
 * @param baseline the released adapter for rules with {@code over: released}; null without such a rule
 */
public record Summary(
        String name,
        Scores scores,
        GateResult gate,
        @Nullable ReleasedAdapter baseline,
        MeasuredScores evaluation,
        TrainingSummary training,
        ArtifactFile artifact) {}
