package io.github.ftmaven.runtime.yaml;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What a plain scalar is by the core schema of YAML 1.2, where {@code yes}, {@code on} and {@code 1_000} are text and
 * {@code 010} is ten; SnakeYAML's own resolver follows YAML 1.1.
 */
public final class CoreSchema extends Resolver {
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INT = Pattern.compile("[-+]?[0-9]{1,1000}|0o[0-7]{1,1000}|0x[0-9a-fA-F]{1,1000}");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?" + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    @Override
    protected void addImplicitResolvers() {
        // None of YAML 1.1's.
    }

    @Override
    public Tag resolve(NodeId kind, @Nullable String value, boolean plain) {
        if (kind != NodeId.scalar || value == null || !plain) {
            return super.resolve(kind, value, plain);
        } else if (NULL.matcher(value).matches()) {
            return Tag.NULL;
        } else if (BOOL.matcher(value).matches()) {
            return Tag.BOOL;
        } else if (INT.matcher(value).matches()) {
            return Tag.INT;
        } else if (FLOAT.matcher(value).matches()) {
            return Tag.FLOAT;
        }
        return value.equals("<<") ? Tag.MERGE : Tag.STR;
    }

    /** Whether the scalar is {@code true} or {@code false}; null if it is neither. */
    public static @Nullable Boolean bool(ScalarNode scalar) {
        boolean bool = scalar.getTag().equals(Tag.BOOL)
                && BOOL.matcher(scalar.getValue()).matches();
        return bool ? Boolean.valueOf(scalar.getValue().toLowerCase(Locale.ROOT)) : null;
    }

    /** The number a scalar is: a {@link BigInteger} or a finite {@link Double}; null if it is none. */
    public static @Nullable Number number(ScalarNode scalar) {
        String text = scalar.getValue();
        if (scalar.getTag().equals(Tag.INT) && INT.matcher(text).matches()) {
            return text.startsWith("0o")
                    ? new BigInteger(text.substring(2), 8)
                    : text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        }
        boolean digits = FLOAT.matcher(text).matches() && text.chars().anyMatch(Character::isDigit);
        if (scalar.getTag().equals(Tag.FLOAT) && digits) {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : null;
        }
        return null;
    }
}
