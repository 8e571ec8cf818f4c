package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rows of a dataset hold. */
public record RowsSpec(
        @Doc("The columns of a CSV, or keys of a JSON object, that hold the prompt, its input and the completion.")
        @Nullable
        RowColumns columns,

        @Doc("Columns of a CSV, or keys of a JSON object, that acceptance rules can select by, besides metadata.")
        @MayBeEmpty
        List<String> metadata,

        @Doc("How answers are spelled; words writes labels such as card_arrival as card arrival.")
        Spelling answers) {

    public RowsSpec {
        metadata = List.copyOf(metadata);
    }
}
