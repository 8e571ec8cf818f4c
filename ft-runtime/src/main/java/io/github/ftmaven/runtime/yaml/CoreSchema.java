package io.github.ftmaven.runtime.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Resolves plain scalars by the core schema of YAML 1.2, where {@code yes}, {@code on} and {@code 1_000} are text and
 * {@code 010} is ten.
 */
public final class CoreSchema implements Schema {
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INT = Pattern.compile("[-+]?[0-9]{1,1000}|0o[0-7]{1,1000}|0x[0-9a-fA-F]{1,1000}");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?" + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /** More digits mean infinity in any base, and parsing millions of digits would take hours. */
    private static final int MOST_DIGITS = 400;

    @Override
    public ScalarResolver getScalarResolver() {
        return (value, plain) -> plain ? tag(value) : Tag.STR;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of(); // nodes are only read, never constructed
    }

    /** The tag of a plain scalar. */
    public static Tag tag(String value) {
        if (NULL.matcher(value).matches()) {
            return Tag.NULL;
        } else if (BOOL.matcher(value).matches()) {
            return Tag.BOOL;
        } else if (INT.matcher(value).matches()) {
            return isInfinite(value) ? Tag.STR : Tag.INT;
        } else if (FLOAT.matcher(value).matches()) {
            return isInfinite(value) ? Tag.STR : Tag.FLOAT;
        }
        return Tag.STR;
    }

    /** Whether the number exceeds a double's range: js-yaml reads it as text. */
    private static boolean isInfinite(String digits) {
        if (digits.startsWith("0x") || digits.startsWith("0o")) {
            return digits.length() > MOST_DIGITS;
        }
        return !digits.toLowerCase(Locale.ROOT).matches("[-+]?\\.(inf|nan)")
                && Double.isInfinite(Double.parseDouble(digits));
    }

    /** The scalar's value if it is {@code true} or {@code false}; null otherwise. */
    public static @Nullable Boolean bool(ScalarNode scalar) {
        boolean bool = scalar.getTag().equals(Tag.BOOL)
                && BOOL.matcher(scalar.getValue()).matches();
        return bool ? Boolean.valueOf(scalar.getValue().toLowerCase(Locale.ROOT)) : null;
    }

    /** The scalar's value if it is a number, as a {@link BigInteger} or a finite {@link Double}; null otherwise. */
    public static @Nullable Number number(ScalarNode scalar) {
        Number number = any(scalar);
        return number instanceof Double value && !Double.isFinite(value) ? null : number;
    }

    /** The scalar's value if it is a number, including {@code .inf} and {@code .nan}; null otherwise. */
    static @Nullable Number any(ScalarNode scalar) {
        String text = scalar.getValue();
        boolean whole = scalar.getTag().equals(Tag.INT) && INT.matcher(text).matches();
        if (whole && text.length() <= MOST_DIGITS) {
            return text.startsWith("0o")
                    ? new BigInteger(text.substring(2), 8)
                    : text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        } else if (whole) {
            return Double.POSITIVE_INFINITY; // explicitly tagged !!int
        } else if (!scalar.getTag().equals(Tag.FLOAT) || !FLOAT.matcher(text).matches()) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            default -> Double.valueOf(text);
        };
    }
}
