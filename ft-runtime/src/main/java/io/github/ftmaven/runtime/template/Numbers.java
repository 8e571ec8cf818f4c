package io.github.ftmaven.runtime.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Python's numbers: unbounded integers, as longs where they fit, and floats. Booleans count as 0 and 1. */
final class Numbers {
    private static final int LONGEST = 1 << 17; // bits of an integer
    private static final BigInteger UNWRITABLE = BigInteger.TEN.pow(4300); // as in Python
    private static final int WORDS_A_STEP = 16;
    private static final long EXACT = 1L << 53;
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

    private Numbers() {}

    static boolean is(Object value) {
        return isWhole(value) || value instanceof Double;
    }

    /** Whether a value is an integer or a boolean. */
    static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
    }

    /** An integer in the form that values have. */
    static Object of(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** The integer part of a float. */
    static Object cut(double real) {
        if (Double.isNaN(real) || Double.isInfinite(real)) {
            throw new TemplateException("cannot convert float " + text(real) + " to integer");
        }
        return of(new BigDecimal(real).toBigInteger());
    }

    /** The decimal digits of an integer; Python writes at most 4300. */
    static String digits(BigInteger value) {
        if (value.abs().compareTo(UNWRITABLE) >= 0) {
            throw new TemplateException("an integer has more than 4300 digits, too many to convert to text");
        }
        Budget.steps(value.bitLength());
        return value.toString();
    }

    /** The integer in a text; empty if it is not one, or has more digits than Python accepts. */
    static Optional<BigInteger> read(String digits, int radix) {
        boolean power = Integer.bitCount(radix) == 1;
        if (!power && digits.length() > 4300) {
            return Optional.empty();
        }
        if (digits.length() > LONGEST / 4) {
            throw new TemplateException("an integer becomes too large");
        }
        long words = digits.length() / 10;
        Budget.steps(1 + words * words / WORDS_A_STEP);
        try {
            return Optional.of(new BigInteger(digits, radix));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Pays for a multiplication or division of two integers. */
    private static void pay(BigInteger a, BigInteger b) {
        long words = (1L + a.bitLength() / Long.SIZE) * (1 + b.bitLength() / Long.SIZE);
        if (words > 1) {
            Budget.steps(1 + words / WORDS_A_STEP);
        }
    }

    static BigInteger whole(Object value) {
        if (value instanceof BigInteger number) {
            return number;
        }
        if (value instanceof Boolean flag) {
            return flag ? BigInteger.ONE : BigInteger.ZERO;
        }
        if (value instanceof Long number) {
            return BigInteger.valueOf(number);
        }
        throw new TemplateException("'" + Python.type(value) + "' object cannot be interpreted as an integer");
    }

    /** An integer as an index or a count; one beyond 64 bits becomes the largest, which is too large for either use. */
    static long index(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        return whole(value).max(LEAST).min(GREATEST).longValue();
    }

    static double real(Object value) {
        if (value instanceof Double number) {
            return number;
        }
        if (!isWhole(value)) {
            throw new TemplateException("must be a number, not " + Python.type(value));
        }
        double real = whole(value).doubleValue();
        if (Double.isInfinite(real)) {
            throw new TemplateException("int too large to convert to float");
        }
        return real;
    }

    /** An exact comparison. Neither number may be NaN. */
    static int compare(Object a, Object b) {
        if (a instanceof Long one && b instanceof Long two) {
            return one.compareTo(two);
        }
        if (isInfinite(a) || isInfinite(b) || (a instanceof Double && b instanceof Double)) {
            double one = isInfinite(a) || a instanceof Double ? real(a) : 0;
            double two = isInfinite(b) || b instanceof Double ? real(b) : 0;
            return one == two ? 0 : Double.compare(one, two);
        }
        return decimal(a).compareTo(decimal(b));
    }

    private static boolean isInfinite(Object value) {
        return value instanceof Double real && Double.isInfinite(real);
    }

    static boolean isNan(Object value) {
        return value instanceof Double real && Double.isNaN(real);
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof Double real ? new BigDecimal(real) : new BigDecimal(whole(value));
    }

    static Object negated(Object value) {
        return value instanceof Double real ? (Object) (-real) : of(whole(value).negate());
    }

    static Object absolute(Object value) {
        return value instanceof Double real
                ? (Object) Math.abs(real)
                : of(whole(value).abs());
    }

    /** Applies one of + - * / // % ** . */
    static Object arithmetic(String operator, Object a, Object b) {
        if (a instanceof Double || b instanceof Double) {
            return reals(operator, real(a), real(b));
        }
        BigInteger one = whole(a);
        BigInteger two = whole(b);
        pay(one, two);
        if (two.signum() == 0 && "/ // %".contains(operator)) {
            throw new TemplateException("division by zero");
        }
        return switch (operator) {
            case "+" -> bounded(one.add(two));
            case "-" -> bounded(one.subtract(two));
            case "*" -> bounded(one.multiply(two));
            case "/" -> quotient(one, two);
            case "//" -> of(floor(one, two));
            case "%" -> of(one.subtract(floor(one, two).multiply(two)));
            default -> power(one, two);
        };
    }

    private static Object bounded(BigInteger value) {
        if (value.bitLength() > LONGEST) {
            throw new TemplateException("an integer becomes too large");
        }
        return of(value);
    }

    private static BigInteger floor(BigInteger a, BigInteger b) {
        BigInteger[] parts = a.divideAndRemainder(b);
        return parts[1].signum() * b.signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    private static Double quotient(BigInteger a, BigInteger b) {
        BigInteger exact = BigInteger.valueOf(EXACT);
        if (a.signum() == 0 || (a.abs().compareTo(exact) <= 0 && b.abs().compareTo(exact) <= 0)) {
            return a.doubleValue() / b.doubleValue();
        }
        double quotient =
                new BigDecimal(a).divide(new BigDecimal(b), new MathContext(60)).doubleValue();
        if (Double.isInfinite(quotient)) {
            throw new TemplateException("integer division result too large for a float");
        }
        return quotient;
    }

    private static Object power(BigInteger a, BigInteger b) {
        if (b.signum() < 0) {
            return reals("**", a.doubleValue(), b.doubleValue());
        }
        if (a.abs().compareTo(BigInteger.ONE) <= 0) {
            return of(b.testBit(0) || b.signum() == 0 ? b.signum() == 0 ? BigInteger.ONE : a : a.abs());
        }
        if (b.multiply(BigInteger.valueOf(a.bitLength())).compareTo(BigInteger.valueOf(LONGEST)) > 0) {
            throw new TemplateException("an integer becomes too large");
        }
        long words = b.longValueExact() * a.bitLength() / Long.SIZE;
        Budget.steps(1 + words * words / WORDS_A_STEP);
        return of(a.pow(b.intValueExact()));
    }

    private static Double reals(String operator, double a, double b) {
        if (b == 0 && "/ // %".contains(operator)) {
            throw new TemplateException("division by zero");
        }
        return switch (operator) {
            case "+" -> a + b;
            case "-" -> a - b;
            case "*" -> a * b;
            case "/" -> a / b;
            case "//" -> floored(a, b);
            case "%" -> remainder(a, b);
            default -> raised(a, b);
        };
    }

    private static double remainder(double a, double b) {
        double rest = a % b;
        if (rest == 0) {
            return Math.copySign(0.0, b);
        }
        return (b < 0) == (rest < 0) ? rest : rest + b;
    }

    private static double floored(double a, double b) {
        double quotient = (a - a % b) / b;
        if (a % b != 0 && (b < 0) != (a % b < 0)) {
            quotient -= 1;
        }
        if (quotient == 0) {
            return Math.copySign(0.0, a / b);
        }
        double floor = Math.floor(quotient);
        return quotient - floor > 0.5 ? floor + 1 : floor;
    }

    private static double raised(double a, double b) {
        if (a == 0 && b < 0) {
            throw new TemplateException("0.0 cannot be raised to a negative power");
        }
        if (a == 1 || b == 0) {
            return 1;
        }
        if (a == -1 && Double.isInfinite(b)) {
            return 1;
        }
        double power = Math.pow(a, b);
        if (Double.isNaN(power) && !Double.isNaN(a) && !Double.isNaN(b)) {
            throw new TemplateException("a negative number to a fractional power is a complex number");
        }
        if (Double.isInfinite(power) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
            throw new TemplateException("a power becomes too large");
        }
        return power;
    }

    /** Rounds half to even, as {@code round()} does: an integer to tens or more, a float to digits. */
    static Object rounded(Object value, int digits) {
        if (value instanceof Double real) {
            if (Double.isNaN(real) || Double.isInfinite(real) || digits > 400) {
                return real;
            }
            double rounded = new BigDecimal(real)
                    .setScale(Math.max(-400, digits), RoundingMode.HALF_EVEN)
                    .doubleValue();
            return rounded == 0 ? Math.copySign(0.0, real) : rounded;
        }
        BigInteger whole = whole(value);
        return digits >= 0
                ? of(whole)
                : of(new BigDecimal(whole)
                        .setScale(Math.max(-5000, digits), RoundingMode.HALF_EVEN)
                        .toBigInteger());
    }

    /** The shortest decimal that reads back as the same number, as Python writes it. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        Budget.steps(64);
        BigDecimal exact = new BigDecimal(value);
        BigDecimal shortest = exact;
        for (int digits = 1; digits <= 17; digits++) {
            BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            BigDecimal further = exact.round(new MathContext(
                    digits, nearest.abs().compareTo(exact.abs()) > 0 ? RoundingMode.DOWN : RoundingMode.UP));
            shortest = nearest.doubleValue() == value ? nearest : further;
            if (shortest.doubleValue() == value) {
                break;
            }
        }
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent < -4 || exponent >= 16) {
            String digits = shortest.unscaledValue().abs().toString().replaceFirst("0+$", "");
            return (value < 0 ? "-" : "") + digits.charAt(0)
                    + (digits.length() > 1 ? "." + digits.substring(1) : "") + "e" + (exponent < 0 ? "-" : "+")
                    + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
        }
        String plain = shortest.toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
