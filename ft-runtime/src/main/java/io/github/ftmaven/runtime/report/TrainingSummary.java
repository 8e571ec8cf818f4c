package io.github.ftmaven.runtime.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The cost of the training.
 *
 * @param steps optimizer steps
 * @param seconds wall-clock time in optimizer steps, including interrupted runs
 * @param tokensPerSecond tokens read per second, including prompts; null if a service trained, which does not say
 * @param supervisedTokens tokens learnt from, over all epochs
 * @param peakMemoryBytes peak memory; null if it was not measured
 * @param finalLoss mean loss of the last ten steps, in nats per supervised token; null if a service trained
 * @param skipped whether this build reused the adapter of an earlier build, whose training the other values describe
 */
public record TrainingSummary(
        long steps,
        double seconds,
        @Nullable Double tokensPerSecond,
        long supervisedTokens,
        @Nullable Long peakMemoryBytes,
        @Nullable Double finalLoss,
        boolean skipped) {
    /** The key of the section that says at which service an adapter was trained. */
    public static final String SERVICE = "service";

    /**
     * Reads {@code train/training.json}, which may hold more.
     *
     * @throws InvalidInputException if the file is missing or lacks a value
     */
    public static TrainingSummary read(Path file, boolean skipped) {
        JsonNode json = JsonFile.read(file, "Run the training again (ft:train).");
        boolean hosted = json.path(SERVICE).isObject();
        JsonNode peak = json.path("peakMemoryBytes");
        return new TrainingSummary(
                whole(file, json, "steps"),
                number(file, json, "seconds"),
                hosted ? null : Double.valueOf(number(file, json, "tokensPerSecond")),
                whole(file, json, "supervisedTokens"),
                peak.isNull() || peak.isMissingNode() ? null : whole(file, json, "peakMemoryBytes"),
                hosted ? null : Double.valueOf(number(file, json, "finalLoss")),
                skipped);
    }

    private static long whole(Path file, JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw bad(file, key, "a whole number, at least 0", value);
        }
        return value.longValue();
    }

    private static double number(Path file, JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw bad(file, key, "a finite number", value);
        }
        return value.doubleValue();
    }

    private static InvalidInputException bad(Path file, String key, String wanted, JsonNode value) {
        String found = value.isMissingNode() ? "missing" : value.asText();
        return new InvalidInputException(file + ": " + key + " must be " + wanted + ", but is " + found
                + ". Run the training again (ft:train).");
    }
}
