package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layout of the dataset's rows. */
public record RowsSpec(
        @Doc(
                "The layout of the rows: auto tells it by the keys of each row. If a layout is named, other keys are ignored.")
        RowLayout layout,

        @Doc(
                "The columns or JSON keys that hold the prompt, its input and the completion, or texts with them in braces:"
                        + " {{name}}.")
        @Nullable
        RowColumns columns,

        @Doc("More CSV columns or JSON keys, besides metadata, that acceptance rules can filter by.") @MayBeEmpty
        List<String> metadata,

        @Doc("How answers are spelled; words turns labels such as card_arrival into card arrival.")
        Spelling answers) {

    public RowsSpec {
        metadata = List.copyOf(metadata);
    }
}
