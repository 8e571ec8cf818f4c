package io.github.ftmaven.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.format.FileMetaData;

/**
 * Makes JSON of a file's rows: a struct is an object, a list an array, and a label its name.
 *
 * @param labels the names of labels, where the file has them
 */
record RowConversion(FileSchema schema, LabelNames labels) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What pandas adds to number its rows. */
    private static final Pattern INDEX = Pattern.compile("__index_level_\\d+__");

    static RowConversion of(FileMetaData metadata) {
        return new RowConversion(FileSchema.of(metadata.getSchema()), LabelNames.of(metadata));
    }

    /**
     * A row.
     *
     * @param source its place, for messages
     * @throws InvalidInputException if a value makes no sense
     */
    ObjectNode json(String source, Group row) {
        ObjectNode json = JSON.objectNode();
        List<Field> fields = schema.fields();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (!INDEX.matcher(field.name()).matches()) {
                json.set(field.name(), value(source, row, i, field));
            }
        }
        labels.name(source, json);
        return json;
    }

    private static JsonNode value(String source, Group group, int index, Field field) {
        int count = group.getFieldRepetitionCount(index);
        if (field.isRepeated()) {
            ArrayNode array = JSON.arrayNode(count);
            for (int i = 0; i < count; i++) {
                array.add(one(source, group, index, i, field));
            }
            return array;
        }
        return count == 0 ? NullNode.instance : one(source, group, index, 0, field);
    }

    private static JsonNode one(String source, Group group, int index, int at, Field field) {
        return switch (field.kind()) {
            case STRUCT -> struct(source, group.getGroup(index, at), field);
            case LIST ->
                list(source, group.getGroup(index, at), field.children().get(0));
            case MAP -> map(source, group.getGroup(index, at), field.children().get(0));
            case VALUE -> {
                try {
                    yield field.values().of(group, index, at);
                } catch (RuntimeException e) {
                    throw new InvalidInputException(
                            source + ": " + field.name() + " has a value that cannot be read: "
                                    + (e instanceof IllegalArgumentException
                                            ? e.getMessage()
                                            : "it makes no sense as its type")
                                    + ".",
                            e);
                }
            }
        };
    }

    private static ObjectNode struct(String source, Group group, Field field) {
        ObjectNode json = JSON.objectNode();
        for (int i = 0; i < field.children().size(); i++) {
            Field child = field.children().get(i);
            json.set(child.name(), value(source, group, i, child));
        }
        return json;
    }

    private static ArrayNode list(String source, Group group, Field repeated) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            array.add(
                    repeated.holdsAnElement()
                            ? value(
                                    source,
                                    group.getGroup(0, i),
                                    0,
                                    repeated.children().get(0))
                            : one(source, group, 0, i, repeated));
        }
        return array;
    }

    private static ObjectNode map(String source, Group group, Field entries) {
        ObjectNode json = JSON.objectNode();
        for (int i = 0; i < group.getFieldRepetitionCount(0); i++) {
            Group entry = group.getGroup(0, i);
            String key = value(source, entry, 0, entries.children().get(0)).asText();
            json.set(key, value(source, entry, 1, entries.children().get(1)));
        }
        return json;
    }
}
