package io.github.ftmaven.plugin.stamp;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rejects outdated results before they are judged. Goals can be run one by one or skipped, so scores may belong to
 * other questions, weights to other data, and the jar to another spec.
 */
public final class CurrentResults {
    private static final String EVALUATE = "Run ft:evaluate again.";

    private final FineTune fineTune;
    private final DigestCache digests;
    private final StageStamps stamps;

    /**
     * Prepares to check the results of a fine-tune.
     *
     * @param environment the variables of the worker, which a suite may name
     */
    public CurrentResults(FineTune fineTune, Map<String, String> environment) {
        this.fineTune = fineTune;
        this.digests = new DigestCache(fineTune.output().resolve("digests.json"));
        // The device does not change the questions, so it is not compared.
        this.stamps = new StageStamps(fineTune, digests, new StageStamps.Compute("cpu", "", "any", 1, environment));
    }

    /**
     * Checks all results.
     *
     * @param scores the file of scores
     * @throws InvalidInputException with what has changed and the goal to run again
     */
    public void require(Path jar, Path scores) throws IOException {
        Path output = fineTune.output();
        Stage dataset = Stage.dataset(output);
        Stage training = Stage.train(output);
        Stage evaluation = Stage.evaluate(output);
        requireSame(dataset, stamps.dataset(), "The dataset was read", "Run ft:dataset again.");
        requireIntact(dataset, "read", "Run ft:dataset again.");
        requireSame(training, stamps.train(), "The adapter was trained", "Run ft:train again.");
        requireIntact(training, "trained", "Run ft:train again.");
        requireSame(evaluation, stamps.evaluate(jar, null), "The scores were measured", EVALUATE);
        // Only the scores are judged. Files for promptfoo's viewer and others may change.
        Optional<String> damage = new Stamps(fineTune.project(), digests).damage(evaluation, List.of(scores), EVALUATE);
        if (damage.isPresent()) {
            throw altered(damage.get(), "measured", EVALUATE);
        }
        requireTrained(jar);
        requireSpec(jar);
    }

    private void requireIntact(Stage stage, String made, String advice) throws IOException {
        Optional<String> damage = new Stamps(fineTune.project(), digests).damage(stage, advice);
        if (damage.isPresent()) {
            throw altered(damage.get(), made, advice);
        }
    }

    private static InvalidInputException altered(String damage, String made, String advice) {
        return new InvalidInputException(damage + " since it was " + made + ". " + advice);
    }

    /** The scores belong to the adapter in the jar. Requires that it is the trained one. */
    private void requireTrained(Path jar) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path file : Stage.adapterFiles(fineTune.output())) {
            lines.append(digests.sha256(file))
                    .append("  ")
                    .append(file.getFileName())
                    .append('\n');
        }
        String trained = Digests.sha256(lines.toString());
        if (!trained.equals(PackagedAdapter.trainedDigest(jar, fineTune.shown(jar)))) {
            throw new InvalidInputException(fineTune.shown(jar)
                    + " holds another adapter than the one that was trained. Run ft:package again.");
        }
    }

    private static void requireSame(Stage stage, Stamp now, String what, String advice) {
        List<String> changes = asked(now).changesSince(asked(Stamps.read(stage, advice)));
        if (!changes.isEmpty()) {
            throw new InvalidInputException(what + " before this changed: " + Stamps.named(changes) + ". " + advice);
        }
    }

    /**
     * The questions and models of an evaluation, without the machine and without the release, which only a repository
     * knows.
     */
    private static Stamp asked(Stamp stamp) {
        return stamp.without(field -> StageStamps.isOfTheEngine(field) || StageStamps.isOfTheRelease(field));
    }

    private void requireSpec(Path jar) throws IOException {
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, fineTune.shown(jar))) {
            byte[] packaged = adapter.read("fine-tune.yaml").orElse(new byte[0]);
            if (!Arrays.equals(packaged, Files.readAllBytes(fineTune.specFile()))) {
                throw new InvalidInputException(
                        fineTune.shown(jar) + " was packaged with another " + fineTune.shown(fineTune.specFile())
                                + " than the one whose rules apply. Run ft:package again.");
            }
        }
    }
}
