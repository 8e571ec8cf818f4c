package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Numbers of requests and responses. */
final class ServiceNumbers {
    private ServiceNumbers() {}

    /** Puts a number as a whole one where it is, because services declare some as integers. */
    static void put(ObjectNode json, String key, double value) {
        if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
            json.put(key, (int) value);
        } else {
            json.put(key, value);
        }
    }

    /** The first of some values that is a count; 0 if none is. */
    static long count(JsonNode... values) {
        for (JsonNode value : values) {
            if (value.canConvertToLong() && value.longValue() > 0) {
                return value.longValue();
            }
        }
        return 0;
    }

    /** A count; null for none. */
    static @Nullable Long countOrNull(JsonNode value) {
        long count = count(value);
        return count == 0 ? null : Long.valueOf(count);
    }

    /** A number of seconds; null for none. */
    static @Nullable Double secondsOrNull(JsonNode value) {
        return value.isNumber() && value.doubleValue() >= 0 && Double.isFinite(value.doubleValue())
                ? Double.valueOf(value.doubleValue())
                : null;
    }
}
