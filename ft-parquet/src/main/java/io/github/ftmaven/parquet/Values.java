package io.github.ftmaven.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** Reads the values of one column as JSON: dates and times as texts in the form of ISO 8601. */
interface Values {
    /** Of a field that is none. */
    Values NONE = (group, field, index) -> {
        throw new IllegalStateException("is not a value");
    };

    JsonNodeFactory JSON = JsonNodeFactory.instance;

    int JULIAN_DAY_OF_1970 = 2_440_588;

    /** The value at an index of a field in a group. */
    JsonNode of(Group group, int field, int index);

    /** How the values of a column are read. */
    static Values of(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        return switch (element.getType()) {
            case BOOLEAN -> (group, field, index) -> JSON.booleanNode(group.getBoolean(field, index));
            case FLOAT -> (group, field, index) -> JSON.numberNode(group.getFloat(field, index));
            case DOUBLE -> (group, field, index) -> JSON.numberNode(group.getDouble(field, index));
            case INT32 -> ofInteger(element, logical, Group::getInteger);
            case INT64 -> ofInteger(element, logical, Group::getLong);
            case INT96 -> (group, field, index) -> JSON.textNode(int96(group.getInt96(field, index)));
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> ofBytes(element, logical);
        };
    }

    /** Reads an integer of either size. */
    interface Integers {
        long of(Group group, int field, int index);
    }

    private static Values ofInteger(SchemaElement element, @Nullable LogicalType logical, Integers integers) {
        ConvertedType converted = element.getConverted_type();
        if (converted == ConvertedType.DATE || (logical != null && logical.isSetDATE())) {
            return text(integers, days -> LocalDate.ofEpochDay(days).toString());
        }
        if (logical != null && logical.isSetTIMESTAMP()) {
            long perSecond = perSecond(logical.getTIMESTAMP().getUnit());
            return timestamp(integers, perSecond, logical.getTIMESTAMP().isIsAdjustedToUTC());
        }
        if (converted == ConvertedType.TIMESTAMP_MILLIS || converted == ConvertedType.TIMESTAMP_MICROS) {
            return timestamp(integers, converted == ConvertedType.TIMESTAMP_MILLIS ? 1_000 : 1_000_000, true);
        }
        if (logical != null && logical.isSetTIME()) {
            return time(integers, perSecond(logical.getTIME().getUnit()));
        }
        if (converted == ConvertedType.TIME_MILLIS || converted == ConvertedType.TIME_MICROS) {
            return time(integers, converted == ConvertedType.TIME_MILLIS ? 1_000 : 1_000_000);
        }
        if (isDecimal(element)) {
            int scale = scale(element);
            return (group, field, index) ->
                    JSON.numberNode(BigDecimal.valueOf(integers.of(group, field, index), scale));
        }
        return isUnsigned(converted, logical) ? unsigned(element.getType(), integers) : signed(integers);
    }

    private static Values signed(Integers integers) {
        return (group, field, index) -> {
            long value = integers.of(group, field, index);
            return value == (int) value ? JSON.numberNode((int) value) : JSON.numberNode(value);
        };
    }

    private static Values unsigned(Type type, Integers integers) {
        if (type == Type.INT32) {
            return (group, field, index) ->
                    JSON.numberNode(Integer.toUnsignedLong((int) integers.of(group, field, index)));
        }
        return (group, field, index) ->
                JSON.numberNode(new BigInteger(Long.toUnsignedString(integers.of(group, field, index))));
    }

    private static boolean isUnsigned(@Nullable ConvertedType converted, @Nullable LogicalType logical) {
        if (logical != null && logical.isSetINTEGER()) {
            return !logical.getINTEGER().isIsSigned();
        }
        return converted == ConvertedType.UINT_8
                || converted == ConvertedType.UINT_16
                || converted == ConvertedType.UINT_32
                || converted == ConvertedType.UINT_64;
    }

    private static long perSecond(TimeUnit unit) {
        return unit.isSetMILLIS() ? 1_000 : unit.isSetMICROS() ? 1_000_000 : 1_000_000_000;
    }

    private static Values timestamp(Integers integers, long perSecond, boolean utc) {
        return text(integers, value -> {
            long seconds = Math.floorDiv(value, perSecond);
            long nanos = Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond);
            LocalDateTime time = LocalDateTime.ofEpochSecond(seconds, (int) nanos, ZoneOffset.UTC);
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time) + (utc ? "Z" : "");
        });
    }

    private static Values time(Integers integers, long perSecond) {
        return text(
                integers,
                value -> DateTimeFormatter.ISO_LOCAL_TIME.format(
                        LocalTime.ofNanoOfDay(Math.multiplyExact(value, 1_000_000_000 / perSecond))));
    }

    /** Writes a number as a text. */
    interface Writing {
        String of(long value);
    }

    private static Values text(Integers integers, Writing writing) {
        return (group, field, index) -> JSON.textNode(writing.of(integers.of(group, field, index)));
    }

    private static Values ofBytes(SchemaElement element, @Nullable LogicalType logical) {
        ConvertedType converted = element.getConverted_type();
        if (isDecimal(element)) {
            int scale = scale(element);
            return (group, field, index) -> JSON.numberNode(
                    new BigDecimal(new BigInteger(group.getBinary(field, index).getBytesUnsafe()), scale));
        }
        if (logical != null && logical.isSetUUID()) {
            return (group, field, index) -> {
                ByteBuffer bytes = group.getBinary(field, index).toByteBuffer();
                return JSON.textNode(new UUID(bytes.getLong(), bytes.getLong()).toString());
            };
        }
        if (logical != null && logical.isSetFLOAT16()) {
            return (group, field, index) -> JSON.numberNode(half(group.getBinary(field, index)));
        }
        boolean text = converted == ConvertedType.UTF8
                || converted == ConvertedType.ENUM
                || converted == ConvertedType.JSON
                || (logical != null && (logical.isSetSTRING() || logical.isSetENUM() || logical.isSetJSON()));
        return text
                ? (group, field, index) -> JSON.textNode(text(group.getBinary(field, index)))
                : (group, field, index) ->
                        JSON.binaryNode(group.getBinary(field, index).getBytes());
    }

    private static String text(Binary value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(value.toByteBuffer())
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not valid UTF-8", e);
        }
    }

    /** A number of 16 bits: one for the sign, five for the exponent. */
    private static float half(Binary value) {
        int bits =
                ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN).getShort() & 0xFFFF;
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        float size = exponent == 0
                ? fraction * 0x1p-24f
                : exponent == 0x1F
                        ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                        : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
        return bits >> 15 == 0 ? size : -size;
    }

    /** A time as Spark and Hive once wrote it: nanoseconds of a day, and the day in the Julian calendar. */
    private static String int96(Binary value) {
        ByteBuffer bytes = ByteBuffer.wrap(value.getBytes()).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = bytes.getLong();
        long day = bytes.getInt() - (long) JULIAN_DAY_OF_1970;
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                LocalDate.ofEpochDay(day).atStartOfDay().plusNanos(nanos));
    }

    private static boolean isDecimal(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        return element.getConverted_type() == ConvertedType.DECIMAL || (logical != null && logical.isSetDECIMAL());
    }

    private static int scale(SchemaElement element) {
        LogicalType logical = element.getLogicalType();
        return logical != null && logical.isSetDECIMAL() ? logical.getDECIMAL().getScale() : element.getScale();
    }
}
