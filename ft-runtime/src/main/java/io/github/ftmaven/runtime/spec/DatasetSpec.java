package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The examples. */
public record DatasetSpec(
        @Doc("The files or globs to train on, relative to the spec, or files of a hub or a Maven repository.") @Paths
        List<String> train,

        @Doc("The validation rows: a fraction of train, or files or globs.") @Bounds(min = 0, below = 1)
        HeldOut validation,

        @Doc(
                "The rows to evaluate on, never seen in training: files or globs, relative to the spec; or a fraction of train.")
        @Bounds(above = 0, below = 1)
        HeldOut test,

        @Doc("The system message for every conversation without one.") @Nullable
        String system,

        @Inline RowsSpec rows,
        @Inline RenderingSpec rendering,
        @Inline LengthSpec length,
        @Inline LeaksSpec leaks,

        @Doc("What is looked for in the examples, and whether it is a warning or ends the build.")
        ChecksSpec checks) {

    public DatasetSpec {
        train = List.copyOf(train);
    }
}
