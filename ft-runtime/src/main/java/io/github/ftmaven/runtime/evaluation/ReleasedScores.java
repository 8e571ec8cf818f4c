package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.metrics.Metrics;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.scores.ItemScore;
import io.github.ftmaven.runtime.scores.ProviderScores;
import io.github.ftmaven.runtime.scores.ScoreSet;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.SealedEvaluation;
import io.github.ftmaven.runtime.spec.EvaluationSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.OutsideSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The released adapter among the providers of each set: with the scores of its release if they cover the same
 * questions, otherwise by asking it again.
 */
final class ReleasedScores {
    private static final String FINE_TUNE = "fine-tune.yaml";
    private static final String PROVENANCE = "provenance.json";
    private static final String OTHER_TOKENS =
            "its base has another tokenizer, which tokenizes text differently, so per-token numbers cannot be compared";

    private final Job today;
    private final ReleasedModel released;
    private final FineTuneSpec spec;
    private final Scores stored;
    private final boolean sameTokenizer;

    private ReleasedScores(Job today, ReleasedModel released, FineTuneSpec spec, Scores stored, boolean sameTokenizer) {
        this.today = today;
        this.released = released;
        this.spec = spec;
        this.stored = stored;
        this.sameTokenizer = sameTokenizer;
    }

    /** Puts questions to the adapter of a job. */
    @FunctionalInterface
    interface Asking {
        List<ScoreSet> ask(Job job) throws IOException;
    }

    /**
     * Opens the scores of a released adapter.
     *
     * @throws InvalidInputException if it is not sealed, was changed since, or its scores or its spec cannot be read
     */
    static ReleasedScores of(Job today, ReleasedModel released, Path jar) throws IOException {
        String name = Objects.requireNonNullElse(released.baseline().name(), jar.toString());
        Scores stored = SealedEvaluation.read(jar, name, null);
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, name)) {
            byte[] declared = adapter.read(FINE_TUNE)
                    .orElseThrow(() -> new InvalidInputException(name + ": holds no " + FINE_TUNE + "."));
            FineTuneSpec spec = SpecReader.parse(declared, name + "!/" + FINE_TUNE);
            return new ReleasedScores(today, released, spec, stored, isSameTokenizer(today, adapter, name));
        }
    }

    /**
     * Whether an adapter's provenance shows that its base has the same tokenizer as the current one; false if it does
     * not say.
     */
    private static boolean isSameTokenizer(Job today, PackagedAdapter adapter, String name) throws IOException {
        Path tokenizer = today.base().tokenizer();
        Optional<byte[]> provenance = adapter.read(PROVENANCE);
        return provenance.isPresent()
                && Files.exists(tokenizer)
                && JsonFile.parse(name + "!/" + PROVENANCE, provenance.get(), "Compare with another release.")
                        .path("base")
                        .path("files")
                        .path(tokenizer.getFileName().toString())
                        .asText()
                        .equals(Digests.sha256(List.of(tokenizer)));
    }

    /**
     * The sets with the released adapter among their providers.
     *
     * @param asking puts the current questions to the released adapter
     */
    List<ScoreSet> join(List<ScoreSet> sets, Asking asking, Events events) throws IOException {
        List<ScoreSet> joined = new ArrayList<>();
        List<ScoreSet> asked = null;
        for (ScoreSet set : sets) {
            Optional<ProviderScores> tuned = set.provider(ProviderScores.TUNED);
            if (tuned.isEmpty()) {
                joined.add(set);
                continue;
            }
            Map<String, String> missing = new LinkedHashMap<>();
            List<String> metrics = new ArrayList<>();
            for (String metric : tuned.get().metrics().keySet()) {
                if (Metrics.isOfTokens(metric) && !sameTokenizer) {
                    missing.put(metric, OTHER_TOKENS);
                } else {
                    metrics.add(metric);
                }
            }
            ProviderScores scores = null;
            if (!metrics.isEmpty() || missing.isEmpty()) {
                scores = stored(set, metrics);
                if (scores != null) {
                    events.info(name() + " is compared by the scores of its release (" + set.name() + ").");
                } else {
                    events.info(name() + " answers the questions again (" + set.name() + ").");
                    if (asked == null) {
                        asked = asking.ask(job());
                    }
                    scores = among(asked, set, metrics, missing);
                }
            }
            missing.forEach((metric, reason) -> events.warn(
                    "The " + metric + " of " + name() + " is not compared (" + set.name() + "): " + reason + "."));
            joined.add(with(set, scores, missing));
        }
        return joined;
    }

    /** The scores of its release; null if they belong to other questions or prompts, or lack a metric. */
    private @Nullable ProviderScores stored(ScoreSet set, List<String> metrics) {
        EvaluationSpec then = spec.evaluation();
        EvaluationSpec now = today.spec().evaluation();
        // The digest does not cover the schema's file, so the schema may have changed.
        boolean sameAsking = Objects.equals(
                        then.answers().maxNewTokens(), now.answers().maxNewTokens())
                && Objects.equals(then.promptfoo().judge(), now.promptfoo().judge())
                && then.schema() == null
                && now.schema() == null;
        ProviderScores same = stored.set(set.name())
                .filter(old -> sameAsking && old.digest().equals(set.digest()))
                .flatMap(old -> old.provider(ProviderScores.TUNED))
                .orElse(null);
        List<ItemScore> items = same == null ? null : ordered(set, same.items());
        if (items == null) {
            return null;
        }
        Map<String, Double> values = values(metrics, items);
        return values.keySet().containsAll(metrics) ? new ProviderScores(ProviderScores.RELEASED, values, items) : null;
    }

    /**
     * Its scores on the current questions.
     *
     * @param missing receives the reason for each missing metric
     * @return null if nothing can be compared
     */
    private static @Nullable ProviderScores among(
            List<ScoreSet> asked, ScoreSet set, List<String> metrics, Map<String, String> missing) {
        ProviderScores own = asked.stream()
                .filter(each -> each.name().equals(set.name()))
                .flatMap(each -> each.provider(ProviderScores.RELEASED).stream())
                .findFirst()
                .orElse(null);
        if (own == null) {
            metrics.forEach(metric -> missing.put(metric, "it did not answer the set " + set.name()));
            return null;
        }
        List<ItemScore> items = ordered(set, own.items());
        if (items == null) {
            metrics.forEach(metric -> missing.put(
                    metric, "its items of the set " + set.name() + " differ from those of the current" + " model"));
            return null;
        }
        Map<String, Double> values = values(metrics, items);
        metrics.stream()
                .filter(metric -> !values.containsKey(metric))
                .forEach(metric -> missing.put(metric, "its answers lack the data for it"));
        return new ProviderScores(ProviderScores.RELEASED, values, items);
    }

    /** Its items in the order of the set; null if they differ. */
    private static @Nullable List<ItemScore> ordered(ScoreSet set, List<ItemScore> items) {
        Map<String, ItemScore> byId = new HashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        List<ItemScore> wanted = set.providers().get(0).items();
        List<ItemScore> ordered = new ArrayList<>();
        for (ItemScore item : wanted) {
            ItemScore own = byId.get(item.id());
            if (own == null || (set.name().equals(ScoreSet.RETENTION) && !sameWindow(own, item))) {
                return null;
            }
            ordered.add(own.withCopyOf(item.copyOf())); // the questions are the same
        }
        return items.size() == wanted.size() ? ordered : null;
    }

    /** A base with fewer positions reads a text in shorter windows with the same names. */
    private static boolean sameWindow(ItemScore one, ItemScore other) {
        return Objects.equals(one.scores().get(Metrics.TOKENS), other.scores().get(Metrics.TOKENS));
    }

    /** The metrics that follow from items. */
    private static Map<String, Double> values(List<String> metrics, List<ItemScore> items) {
        Map<String, Double> values = new LinkedHashMap<>();
        metrics.forEach(metric -> Metrics.of(metric, items).ifPresent(value -> values.put(metric, value)));
        return values;
    }

    private String name() {
        return Objects.requireNonNullElse(released.baseline().name(), "The released adapter");
    }

    private ScoreSet with(ScoreSet set, @Nullable ProviderScores scores, Map<String, String> reasons) {
        List<ProviderScores> providers = new ArrayList<>(set.providers());
        if (scores != null) {
            providers.add(scores);
        }
        List<ScoreSet.Missing> missing = new ArrayList<>(set.missing());
        reasons.forEach((metric, reason) -> missing.add(new ScoreSet.Missing(ProviderScores.RELEASED, metric, reason)));
        try {
            return new ScoreSet(set.name(), set.digest(), providers, missing);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    name() + ": its scores do not belong to the same questions: " + e.getMessage()
                            + ". Compare with another release (-Dft.baseline=GROUP:ARTIFACT:VERSION) or none.",
                    e);
        }
    }

    /** The released adapter on its own base and with its own template, but with the current questions and metrics. */
    private Job job() {
        Inputs base = released.base();
        if (base == null) {
            throw new InvalidInputException(
                    name() + ": it was not measured on the current questions, and cannot be: " + released.problem());
        }
        FineTuneSpec asked = new FineTuneSpec(
                spec.name(),
                spec.base(),
                spec.dataset(),
                spec.adapter(),
                spec.training(),
                today.spec().evaluation(),
                List.of(),
                spec.artifact(),
                new OutsideSpec(null, null));
        return new Job(
                asked,
                today.specDirectory(),
                ModelDirectory.reopen(
                        Path.of(base.base()), base.display(), spec.base().ignoreKeys()),
                base,
                today.output());
    }
}
