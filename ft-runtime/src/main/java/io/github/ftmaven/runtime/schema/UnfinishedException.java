package io.github.ftmaven.runtime.schema;

import com.networknt.schema.SchemaException;

/** A check exceeded its limits. The validator lets its own kind of exception pass without writing to the log. */
final class UnfinishedException extends SchemaException {
    private static final long serialVersionUID = 1L;

    UnfinishedException(String message) {
        super(message);
    }
}
