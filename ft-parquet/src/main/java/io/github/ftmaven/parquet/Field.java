package io.github.ftmaven.parquet;

import java.util.List;

/**
 * A column, or several below one name.
 *
 * @param isRepeated whether it may occur any number of times by itself, without a list around it
 * @param children of a struct, its fields; of a list or map, what is repeated in it
 * @param values reads it, if it is a value
 */
record Field(String name, boolean isRepeated, Kind kind, List<Field> children, Values values) {
    /** What a field holds. */
    enum Kind {
        /** Fields, each with its name. */
        STRUCT,
        /** Elements. */
        LIST,
        /** Keys with values. */
        MAP,
        /** Text, a number or the like. */
        VALUE
    }

    /** Whether this, in a list, holds the element: older writers repeat the element itself. */
    boolean holdsAnElement() {
        return kind == Kind.STRUCT && children.size() == 1 && !name.equals("array") && !name.endsWith("_tuple");
    }
}
