package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A planned row.
 *
 * @param repeatIndex counts the repetitions of the test
 * @param vars one combination of its variables
 * @param error the reason why it cannot be run; null if it can
 */
record PlannedRow(
        int testIndex,
        int columnIndex,
        int repeatIndex,
        TestCase test,
        ObjectNode vars,
        Column column,
        @Nullable String error) {}
