package io.github.ftmaven.runtime.acceptance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.acceptance.MeasuredRule.Estimate;
import io.github.ftmaven.runtime.acceptance.MeasuredRule.Test;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter.State;
import io.github.ftmaven.runtime.drift.Drift;
import io.github.ftmaven.runtime.drift.Fingerprint;
import io.github.ftmaven.runtime.drift.FingerprintJson;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.spec.DriftMetric;
import io.github.ftmaven.runtime.spec.Rule;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the training set of this build is from that of the released adapter.
 *
 * @param reference the fingerprint in the released adapter; null if there is no release, or it has none
 * @param current the fingerprint of this build's training set
 */
public record MeasuredDrift(
        ReleasedAdapter released, @Nullable Fingerprint reference, Fingerprint current) {
    private static final String ADVICE = "Run ft:evaluate again.";

    /** Writes the release and its fingerprint for {@code ft:check}. */
    public static void write(Path file, ReleasedAdapter released, @Nullable Fingerprint reference) throws IOException {
        ObjectNode json = JsonFile.object();
        json.set("released", released.json());
        if (reference != null) {
            json.set("fingerprint", FingerprintJson.json(reference));
        }
        JsonFile.write(file, json);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws InvalidInputException if it is missing or not valid
     */
    public static MeasuredDrift read(Path file, Fingerprint current) {
        ObjectNode json = JsonFile.read(file, ADVICE);
        if (!(json.get("released") instanceof ObjectNode released)) {
            throw new InvalidInputException(file + ": does not name the released adapter. " + ADVICE);
        }
        Fingerprint reference = json.get("fingerprint") instanceof ObjectNode fingerprint
                ? FingerprintJson.parse(file.toString(), fingerprint, ADVICE)
                : null;
        return new MeasuredDrift(ReleasedAdapter.of(released, file), reference, current);
    }

    static MeasuredDrift require(@Nullable MeasuredDrift drift) {
        if (drift == null) {
            throw new InvalidInputException("The drift of the training set was not measured. " + ADVICE);
        }
        return drift;
    }

    /** The measurement for a rule; empty if there is no release, so that the rule cannot be applied. */
    Optional<MeasuredRule> finding(Rule rule) {
        if (released.state() != State.RELEASED) {
            return Optional.empty();
        }
        Double maximum = rule.limits().maximum();
        if (maximum == null || !Double.isFinite(maximum)) {
            throw new InvalidInputException(rule.metric() + " needs maximum.");
        }
        Fingerprint before = reference;
        if (before == null) {
            throw new InvalidInputException("The " + rule.metric() + " cannot be measured: " + released.name()
                    + " carries no fingerprint of its training set, because its artifact.fingerprint is none or an"
                    + " earlier version of the plugin packaged it. Compare with another release"
                    + " (-Dft.baseline=GROUP:ARTIFACT:VERSION), or release once with none (-Dft.baseline=none).");
        }
        Drift drift = Drift.of(before, current);
        Drift.Part part = rule.metric().equals(DriftMetric.DRIFT)
                ? drift.largest()
                : drift.part(rule.metric().substring(DriftMetric.PREFIX.length()))
                        .orElseThrow(() -> notMeasured(rule));
        BigDecimal value = Quantity.of(part.value());
        BigDecimal bound = Quantity.of(maximum);
        boolean reached = Quantity.reaches(bound, value);
        String sentence = Sentences.maximum(rule, value, bound, reached)
                + String.format(
                        Locale.ROOT,
                        " The training set is compared with that of %s%s.",
                        Objects.requireNonNull(released.name()),
                        rule.metric().equals(DriftMetric.DRIFT) ? "; the largest part is its " + part.name() : "");
        return Optional.of(new MeasuredRule(
                rule, null, current.rows(), new Estimate(value, bound, reached, null), new Test(null, null), sentence));
    }

    private InvalidInputException notMeasured(Rule rule) {
        return new InvalidInputException("The " + rule.metric() + " cannot be measured: the answers of "
                + (current.labelled() == 0 ? "this training set" : "the training set of " + released.name())
                + " are not labels. Write drift, drift.lengths or drift.vocabulary.");
    }
}
