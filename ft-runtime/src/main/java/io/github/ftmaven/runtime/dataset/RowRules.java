package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.RowColumns;
import io.github.ftmaven.runtime.spec.RowLayout;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a spec says of rows.
 *
 * @param columns other names for prompt, input and completion; if set, only these are read
 * @param metadata more keys whose values are kept; every row has them
 * @param fields more keys whose values are kept, of the rows that have them
 * @param template how an input is appended to its prompt
 */
record RowRules(
        RowLayout layout,
        @Nullable RowColumns columns,
        List<String> metadata,
        List<String> fields,
        TemplateChoice template) {
    /** Rules without fields. */
    RowRules(RowLayout layout, @Nullable RowColumns columns, List<String> metadata, TemplateChoice template) {
        this(layout, columns, metadata, List.of(), template);
    }

    /** Whether the value of a key is kept beside the example. */
    boolean keeps(String key) {
        return metadata.contains(key) || fields.contains(key);
    }

    /** The rules for the rows of a spec's dataset. */
    static RowRules of(DatasetSpec dataset) {
        return new RowRules(
                dataset.rows().layout(),
                dataset.rows().columns(),
                dataset.rows().metadata(),
                RowFields.names(dataset.leaks().split()),
                dataset.rendering().template());
    }
}
