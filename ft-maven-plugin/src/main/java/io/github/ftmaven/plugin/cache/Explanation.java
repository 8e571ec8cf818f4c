package io.github.ftmaven.plugin.cache;

import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.plugin.stamp.Stamps;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Explains for each stage, in order, whether the next build runs it and why. */
public final class Explanation {
    /** The digest of a file that a stage will write again. */
    private static final String UNKNOWN = "not known yet";

    private final Path output;
    private final Stamps stamps;
    private final DigestCache digests;
    private final ResultCache cache;
    private final List<String> lines = new ArrayList<>();

    /**
     * Begins an explanation.
     *
     * @param output {@code target/ft}
     * @param digests receives the expected results of stages, so that the stamps of later stages are correct
     */
    public Explanation(Path output, Stamps stamps, DigestCache digests, ResultCache cache) {
        this.output = output;
        this.stamps = stamps;
        this.digests = digests;
        this.cache = cache;
    }

    /** What the next build does with a stage. */
    public enum Outcome {
        /** Nothing: the result is up to date. */
        UP_TO_DATE,
        /** It takes the result from the cache. */
        TAKEN,
        /** It runs the stage. */
        DONE
    }

    /**
     * Explains the evaluation.
     *
     * @param released whether a rule is about the released adapter; it is assumed to be the same as last time, because
     * only a repository knows it
     * @param trusted whether scores are taken from the cache
     */
    public Outcome explainEvaluation(Stage stage, Stamp stamp, boolean released, boolean trusted) throws IOException {
        return explain(stage, released ? sameRelease(stage, stamp) : stamp, trusted);
    }

    /** Explains a stage whose results are cached. */
    public Outcome explain(Stage stage, Stamp now) throws IOException {
        return explain(stage, now, true);
    }

    private Outcome explain(Stage stage, Stamp now, boolean trusted) throws IOException {
        boolean known = !now.fields().containsValue(UNKNOWN);
        if (known && !stamps.decide(stage, now).run()) {
            say(stage, now, "is up to date.");
            return Outcome.UP_TO_DATE;
        }
        Optional<KeptResult> kept = known && trusted ? cache.find(stage, now) : Optional.empty();
        if (kept.isPresent() && kept.get().damage().isEmpty()) {
            for (Map.Entry<String, String> file : kept.get().files().entrySet()) {
                digests.expect(output.resolve(file.getKey()), file.getValue());
            }
            say(stage, now, "is taken from the cache, computed " + time(kept.get()) + ".");
            return Outcome.TAKEN;
        }
        because(stage, now);
        for (Path file : stage.outputs()) {
            digests.expect(file, UNKNOWN);
        }
        return Outcome.DONE;
    }

    /** Explains the packaging, which runs if its result is missing. */
    public Outcome explainPackaging(Stage stage, Stamp now) throws IOException {
        if (!stamps.decide(stage, now).run()) {
            say(stage, now, "is up to date.");
            return Outcome.UP_TO_DATE;
        }
        because(stage, now);
        follows(stage);
        return Outcome.DONE;
    }

    /** Says that the packaging runs again after an explained stage. */
    public void explainPackagingAfter(Stage stage, Stage before) {
        lines.add(stage.title() + " runs again, after: " + before.title() + ".");
        follows(stage);
    }

    /** The explanation. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    private void follows(Stage stage) {
        stage.outputs().forEach(file -> digests.expect(file, UNKNOWN));
    }

    private void because(Stage stage, Stamp now) throws IOException {
        Optional<Stamp> last = last(stage);
        Optional<KeptResult> nearest = last.isPresent() ? Optional.empty() : cache.nearest(stage, now);
        Optional<Stamp> before = last.or(() -> nearest.map(KeptResult::stamp));
        if (before.isEmpty()) {
            say(stage, now, "runs: there is no earlier result here and no similar one in the cache.");
            return;
        }
        List<String> changes = known(now, now).changesSince(known(before.get(), now));
        String than =
                nearest.map(kept -> "the nearest cached result, " + time(kept)).orElse("the present result");
        if (!changes.isEmpty()) {
            say(stage, now, "runs again. Differences from " + than + ":");
            changes.forEach(change -> lines.add("    " + change));
        } else if (now.fields().containsValue(UNKNOWN)) {
            say(stage, now, "runs again only if this changes: " + unknown(now) + ".");
        } else {
            String reason = stamps.decide(stage, now).reason().orElse("");
            say(stage, now, "runs again." + (reason.isEmpty() ? "" : " " + reason));
        }
    }

    private Stamp sameRelease(Stage stage, Stamp stamp) throws IOException {
        Optional<Stamp> before = last(stage);
        if (before.isEmpty()) {
            before = cache.nearest(stage, stamp).map(KeptResult::stamp);
        }
        SortedMap<String, String> fields = new TreeMap<>(stamp.fields());
        before.ifPresent(earlier -> fields.putAll(
                earlier.without(name -> !StageStamps.isOfTheRelease(name)).fields()));
        fields.putIfAbsent(StageStamps.RELEASED, UNKNOWN);
        return new Stamp(fields);
    }

    private static Stamp known(Stamp stamp, Stamp now) {
        return stamp.without(name -> UNKNOWN.equals(now.fields().get(name)));
    }

    private static String unknown(Stamp now) {
        return now.fields().entrySet().stream()
                .filter(field -> field.getValue().equals(UNKNOWN))
                .map(field -> Stamp.shown(field.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static Optional<Stamp> last(Stage stage) {
        if (!Files.exists(stage.stampFile())) {
            return Optional.empty();
        }
        try {
            return Optional.of(Stamps.read(stage, ""));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private void say(Stage stage, Stamp now, String what) {
        String key = now.fields().containsValue(UNKNOWN) ? "" : " [" + now.key().substring(0, 12) + "]";
        lines.add(stage.title() + key + " " + what);
    }

    private static String time(KeptResult kept) {
        return kept.made().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
