package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.evaluation.Metrics;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.SealedEvaluation;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The released adapter among the providers of each set: by the scores it was released with where they are about the same
 * questions, by asking it again where they are not.
 */
final class ReleasedScores {
    private static final String FINE_TUNE = "fine-tune.yaml";

    private final Job today;
    private final WorkRequest.Released released;
    private final FineTuneSpec spec;
    private final Scores stored;

    private ReleasedScores(Job today, WorkRequest.Released released, FineTuneSpec spec, Scores stored) {
        this.today = today;
        this.released = released;
        this.spec = spec;
        this.stored = stored;
    }

    /** Asks the adapter that a job is about. */
    @FunctionalInterface
    interface Asking {
        List<ScoreSet> ask(Job job) throws IOException;
    }

    /**
     * Those of a released adapter.
     *
     * @throws InvalidInputException if it is not sealed, or not what was sealed, or its scores or its spec cannot be read
     */
    static ReleasedScores of(Job today, WorkRequest.Released released, Path jar) throws IOException {
        String name = Objects.requireNonNullElse(released.baseline().name(), jar.toString());
        Scores stored = SealedEvaluation.read(jar, name);
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, name)) {
            byte[] declared = adapter.read(FINE_TUNE)
                    .orElseThrow(() -> new InvalidInputException(name + ": holds no " + FINE_TUNE + "."));
            FineTuneSpec spec = SpecReader.parse(declared, name + "!/" + FINE_TUNE);
            return new ReleasedScores(today, released, spec, stored);
        }
    }

    /**
     * The sets with the released adapter among their providers.
     *
     * @param asking asks the released adapter today's questions
     */
    List<ScoreSet> join(List<ScoreSet> sets, Asking asking, Events events) throws IOException {
        List<ScoreSet> joined = new ArrayList<>();
        List<ScoreSet> asked = null;
        for (ScoreSet set : sets) {
            Optional<ProviderScores> tuned = set.provider(ProviderScores.TUNED);
            ProviderScores scores = tuned.isEmpty() ? null : stored(set, tuned.get());
            if (scores != null) {
                events.info(name() + " is compared by the scores it was released with (" + set.name() + ").");
            } else if (tuned.isPresent()) {
                events.info(name() + " is asked again (" + set.name() + ").");
                if (asked == null) {
                    asked = asking.ask(job());
                }
                scores = asked.stream()
                        .filter(each -> each.name().equals(set.name()))
                        .flatMap(each -> each.provider(ProviderScores.RELEASED).stream())
                        .findFirst()
                        .flatMap(each -> of(set, tuned.get(), each.items()))
                        .orElse(null);
                if (scores == null) {
                    events.warn(
                            "The set " + set.name() + " consists of other items for the released adapter, whose base"
                                    + " reads text otherwise: it is not compared there.");
                }
            }
            joined.add(scores == null ? set : with(set, scores));
        }
        return joined;
    }

    /** What it was released with; null if that is about other questions, asked otherwise, or not all that is measured. */
    private @Nullable ProviderScores stored(ScoreSet set, ProviderScores tuned) {
        FineTuneSpec.Evaluation then = spec.evaluation();
        FineTuneSpec.Evaluation now = today.spec().evaluation();
        // A schema's file is not in the digest, so that it may have become another one.
        boolean sameAsking = Objects.equals(then.maxNewTokens(), now.maxNewTokens())
                && Objects.equals(then.judge(), now.judge())
                && then.schema() == null
                && now.schema() == null;
        ScoreSet same = stored.set(set.name())
                .filter(old -> sameAsking && old.digest().equals(set.digest()))
                .orElse(null);
        if (same == null) {
            return null;
        }
        return same.provider(ProviderScores.TUNED)
                .flatMap(old -> of(set, tuned, old.items()))
                .orElse(null);
    }

    /** Its items in the order of the set, and of them every metric of the tuned model; empty if one of these lacks. */
    private static Optional<ProviderScores> of(ScoreSet set, ProviderScores tuned, List<ItemScore> items) {
        Map<String, ItemScore> byId = new HashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        List<ItemScore> ordered = new ArrayList<>();
        for (ItemScore item : set.providers().get(0).items()) {
            ItemScore own = byId.get(item.id());
            if (own == null) {
                return Optional.empty();
            }
            ordered.add(own);
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String metric : tuned.metrics().keySet()) {
            OptionalDouble value = Metrics.of(metric, ordered);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            metrics.put(metric, value.getAsDouble());
        }
        return Optional.of(new ProviderScores(ProviderScores.RELEASED, metrics, ordered));
    }

    private String name() {
        return Objects.requireNonNullElse(released.baseline().name(), "The released adapter");
    }

    private ScoreSet with(ScoreSet set, ProviderScores scores) {
        List<ProviderScores> providers = new ArrayList<>(set.providers());
        providers.add(scores);
        try {
            return new ScoreSet(set.name(), set.digest(), providers);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    name() + ": its scores are not about the same questions: " + e.getMessage()
                            + ". Compare with another release (-Dft.baseline=GROUP:ARTIFACT:VERSION) or none.",
                    e);
        }
    }

    /** The released adapter on its own base, with its own layout, and of today what is measured. */
    private Job job() {
        WorkRequest.Inputs base = released.base();
        if (base == null) {
            throw new InvalidInputException(
                    name() + ": it was not measured on today's questions, and cannot be: " + released.problem());
        }
        FineTuneSpec asked = new FineTuneSpec(
                spec.name(),
                spec.base(),
                spec.dataset(),
                spec.adapter(),
                spec.training(),
                today.spec().evaluation(),
                List.of(),
                spec.artifact());
        return new Job(
                asked,
                today.specDirectory(),
                ModelDirectory.open(Path.of(base.base()), base.display()),
                base,
                today.output());
    }
}
