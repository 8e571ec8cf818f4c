package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layout of the dataset's rows. */
public record RowsSpec(
        @Doc("The CSV columns or JSON keys that hold the prompt, its input and the completion.") @Nullable
        RowColumns columns,

        @Doc("More CSV columns or JSON keys, besides metadata, that acceptance rules can filter by.") @MayBeEmpty
        List<String> metadata,

        @Doc("How answers are spelled; words turns labels such as card_arrival into card arrival.")
        Spelling answers) {

    public RowsSpec {
        metadata = List.copyOf(metadata);
    }
}
