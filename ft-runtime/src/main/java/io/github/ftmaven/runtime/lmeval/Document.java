package io.github.ftmaven.runtime.lmeval;

import io.github.ftmaven.runtime.template.Values;
import java.util.Map;
import java.util.Set;

/**
 * A row of a task's data.
 *
 * @param source its source, such as {@code data/test.jsonl:3}
 * @param columns the columns that a {@code doc_to_*} may name: those of the task's questions
 */
record Document(String source, Map<Object, Object> values, Set<String> columns) {
    /** Whether two documents are equal in Python. */
    boolean sameAs(Document other) {
        return Values.equal(values, other.values);
    }
}
