package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the report from JSON that has exactly its keys, each with a value of the right type. Every build reads it, and
 * Jackson's data binding is slow to start.
 */
final class ReportJson {
    private ReportJson() {}

    /** The report; empty if the JSON is anything else. */
    static Optional<DatasetReport> read(JsonNode json) {
        return Optional.ofNullable((DatasetReport) record(json, DatasetReport.class));
    }

    private static @Nullable Object record(JsonNode json, Class<?> type) {
        return json.isObject() && json.size() == keys(type) ? parts(json, type) : null;
    }

    /** How many keys a record has in JSON. */
    private static int keys(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .mapToInt(each -> isUnwrapped(each) ? keys(each.getType()) : 1)
                .sum();
    }

    private static boolean isUnwrapped(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonUnwrapped.class);
    }

    private static @Nullable Object parts(JsonNode json, Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Object value = isUnwrapped(components[i])
                    ? parts(json, types[i])
                    : value(json.path(components[i].getName()), components[i].getGenericType());
            if (value == null) {
                return null;
            }
            arguments[i] = value;
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + ": not made", e);
        }
    }

    private static @Nullable Object value(JsonNode json, Type type) {
        if (type == int.class) {
            return json.isIntegralNumber() && json.canConvertToInt() ? (Object) json.intValue() : null;
        } else if (type == long.class) {
            return json.isIntegralNumber() && json.canConvertToLong() ? (Object) json.longValue() : null;
        } else if (type == double.class) {
            return json.isNumber() ? (Object) json.doubleValue() : null;
        } else if (type == String.class) {
            return json.textValue();
        }
        return type instanceof ParameterizedType list
                ? list(json, list.getActualTypeArguments()[0])
                : record(json, (Class<?>) type);
    }

    private static @Nullable List<Object> list(JsonNode json, Type type) {
        List<Object> list = new ArrayList<>();
        for (JsonNode element : json) {
            Object value = value(element, type);
            if (value == null) {
                return null;
            }
            list.add(value);
        }
        return json.isArray() ? list : null;
    }
}
