package io.github.ftmaven.runtime.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * The allowed values of a key of {@code config.json} that no parser reads.
 *
 * @param allows the values with which it changes nothing
 * @param supported these values in words
 * @param reason why it changes nothing
 * @param trainingOnly whether other values change only the training, so that a spec may ignore the key
 */
record KeyRule(Predicate<JsonNode> allows, String supported, String reason, boolean trainingOnly) {
    /** A key that changes nothing, whatever it says. */
    static KeyRule idle(String reason) {
        return new KeyRule(value -> true, "any value", reason, false);
    }

    /** A key that changes the computation unless it is false. */
    static KeyRule isFalse(String reason) {
        return new KeyRule(value -> value.isBoolean() && !value.asBoolean(), "false", reason, false);
    }

    /** A key that changes the computation unless it has one value. */
    static KeyRule number(int neutral, String reason) {
        return new KeyRule(is(neutral), String.valueOf(neutral), reason, false);
    }

    /** A probability of dropout. */
    static KeyRule dropout() {
        return new KeyRule(is(0), "0", "a dropout of 0 drops nothing", true);
    }

    /** A key that changes the computation unless it is empty. */
    static KeyRule empty(String supported, String reason) {
        return new KeyRule(JsonNode::isEmpty, supported, reason, false);
    }

    /** A key that changes the computation unless it is null. */
    static KeyRule absent(String reason) {
        return new KeyRule(value -> false, "null", reason, false);
    }

    private static Predicate<JsonNode> is(int number) {
        return value -> value.isNumber() && value.asDouble() == number;
    }
}
