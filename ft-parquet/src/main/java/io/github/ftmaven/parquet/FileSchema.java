package io.github.ftmaven.parquet;

import io.github.ftmaven.parquet.Field.Kind;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a file, which its description lists from the root down.
 *
 * @param type for Apache Parquet, which assembles rows
 * @param fields the same with what values mean
 */
record FileSchema(MessageType type, List<Field> fields) {
    private static final int DEEPEST = 100;

    static FileSchema of(List<SchemaElement> elements) {
        DamagedException.require(!elements.isEmpty(), "it has no schema");
        Reading reading = new Reading(elements);
        Both root = reading.group(elements.get(0), Kind.STRUCT, 0);
        DamagedException.require(reading.next == elements.size(), "its schema has unused parts");
        return new FileSchema(
                new MessageType("row", root.type().asGroupType().getFields()),
                root.field().children());
    }

    private record Both(Type type, Field field) {}

    private static final class Reading {
        private final List<SchemaElement> elements;
        private int next = 1;

        Reading(List<SchemaElement> elements) {
            this.elements = elements;
        }

        private Both node(int depth) {
            DamagedException.require(next < elements.size() && depth <= DEEPEST, "its schema is incomplete");
            SchemaElement element = elements.get(next++);
            if (!element.isSetNum_children() || element.isSetType()) {
                return value(element);
            }
            return group(element, kind(element), depth);
        }

        private static Kind kind(SchemaElement element) {
            LogicalType logical = element.getLogicalType();
            @Nullable ConvertedType converted = element.getConverted_type();
            if ((logical != null && logical.isSetLIST()) || converted == ConvertedType.LIST) {
                return Kind.LIST;
            }
            boolean map = converted == ConvertedType.MAP || converted == ConvertedType.MAP_KEY_VALUE;
            return (logical != null && logical.isSetMAP()) || map ? Kind.MAP : Kind.STRUCT;
        }

        private Both group(SchemaElement element, Kind kind, int depth) {
            int count = element.getNum_children();
            DamagedException.require(count >= 0 && count <= elements.size(), "its schema is incomplete");
            List<Type> types = new ArrayList<>();
            List<Field> children = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Both child = node(depth + 1);
                types.add(child.type());
                children.add(child.field());
            }
            Kind meant = isAsItMust(kind, children) ? kind : Kind.STRUCT;
            return new Both(
                    new GroupType(repetition(element), element.getName(), types),
                    new Field(element.getName(), isRepeated(element), meant, children, Values.NONE));
        }

        /** A map's key_value may be marked as a map itself. */
        private static boolean isAsItMust(Kind kind, List<Field> children) {
            if (kind == Kind.STRUCT) {
                return true;
            }
            boolean repeated = children.size() == 1 && children.get(0).isRepeated();
            return repeated && (kind == Kind.LIST || children.get(0).children().size() == 2);
        }

        private static Both value(SchemaElement element) {
            DamagedException.require(element.isSetType(), "a column has no type");
            PrimitiveType type = new PrimitiveType(
                    repetition(element), primitive(element.getType()), element.getType_length(), element.getName());
            return new Both(
                    type, new Field(element.getName(), isRepeated(element), Kind.VALUE, List.of(), Values.of(element)));
        }

        private static PrimitiveTypeName primitive(org.apache.parquet.format.Type type) {
            return switch (type) {
                case BOOLEAN -> PrimitiveTypeName.BOOLEAN;
                case INT32 -> PrimitiveTypeName.INT32;
                case INT64 -> PrimitiveTypeName.INT64;
                case INT96 -> PrimitiveTypeName.INT96;
                case FLOAT -> PrimitiveTypeName.FLOAT;
                case DOUBLE -> PrimitiveTypeName.DOUBLE;
                case BYTE_ARRAY -> PrimitiveTypeName.BINARY;
                case FIXED_LEN_BYTE_ARRAY -> PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
            };
        }

        private static boolean isRepeated(SchemaElement element) {
            return element.getRepetition_type() == FieldRepetitionType.REPEATED;
        }

        private static Repetition repetition(SchemaElement element) {
            return element.isSetRepetition_type()
                    ? Repetition.valueOf(element.getRepetition_type().name())
                    : Repetition.REQUIRED;
        }
    }
}
