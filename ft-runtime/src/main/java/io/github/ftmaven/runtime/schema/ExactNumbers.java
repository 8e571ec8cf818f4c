package io.github.ftmaven.runtime.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON with exact numbers, of which two are equal nodes if they are equal: 1, 1.0 and 10e-1 too. */
final class ExactNumbers {
    /** Like a double's range. Arithmetic with larger exponents takes memory in proportion to the number. */
    private static final int LARGEST_EXPONENT = 330;

    private static final JsonMapper EXACT = Json.builder(
                    Json.factory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonMapper LENIENT = Json.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final BigInteger INT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private ExactNumbers() {}

    /**
     * Reads the JSON of an author; missing if there is none.
     *
     * @throws ArithmeticException if a number is extreme
     */
    static JsonNode read(String json) throws JsonProcessingException {
        return read(EXACT, json);
    }

    /** Reads the JSON of a model, in which the last of duplicate keys counts; missing if there is none. */
    static JsonNode readLeniently(String json) throws JsonProcessingException {
        return read(LENIENT, json);
    }

    private static JsonNode read(JsonMapper mapper, String json) throws JsonProcessingException {
        try {
            return mapper.readTree(json);
        } catch (NumberFormatException e) {
            throw extreme(e); // an exponent of more than 32 bits
        }
    }

    private static ArithmeticException extreme(@Nullable Throwable cause) {
        ArithmeticException extreme = new ArithmeticException("a number beyond the range of numbers");
        extreme.initCause(cause);
        return extreme;
    }

    private static boolean isExtreme(BigDecimal number) {
        return number.signum() != 0 && Math.abs((long) number.precision() - number.scale()) > LARGEST_EXPONENT;
    }

    /**
     * A tree with equal nodes for equal numbers.
     *
     * @param whole whether 1.0 becomes 1
     * @throws ArithmeticException if a number is extreme
     */
    static JsonNode normalized(JsonNode tree, boolean whole) {
        if (tree.isObject()) {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<String, JsonNode> member : tree.properties()) {
                object.set(member.getKey(), normalized(member.getValue(), whole));
            }
            return object;
        }
        if (tree.isArray()) {
            ArrayNode array = NODES.arrayNode(tree.size());
            tree.forEach(item -> array.add(normalized(item, whole)));
            return array;
        }
        return tree.isBigDecimal() ? number(tree.decimalValue(), whole) : tree;
    }

    private static JsonNode number(BigDecimal value, boolean whole) {
        if (isExtreme(value)) {
            throw extreme(null);
        }
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() > 0) {
            return DecimalNode.valueOf(plain);
        }
        if (!whole) {
            return DecimalNode.valueOf(plain.setScale(1));
        }
        BigInteger integer = plain.toBigIntegerExact();
        if (integer.abs().compareTo(INT) <= 0) {
            return IntNode.valueOf(integer.intValueExact());
        }
        return integer.abs().compareTo(LONG) <= 0
                ? LongNode.valueOf(integer.longValueExact())
                : BigIntegerNode.valueOf(integer);
    }
}
