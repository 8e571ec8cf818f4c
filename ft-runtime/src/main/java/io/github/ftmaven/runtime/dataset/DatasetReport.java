package io.github.ftmaven.runtime.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The contents of a dataset ({@code dataset.json}).
 *
 * @param overlapDropped rows dropped because a validation or test row has the same prompt
 * @param distilled the teachers that answered training rows
 * @param notes one sentence for each unusual thing about how the model is prompted
 * @param checks one line for each finding of the checks that warn
 */
public record DatasetReport(
        SplitReport train,
        SplitReport validation,
        SplitReport test,
        int overlapDropped,
        List<Distilled> distilled,
        List<String> notes,
        List<String> checks) {
    /** Requires all parts, and copies the lists. */
    public DatasetReport {
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(test, "test");
        distilled = List.copyOf(distilled);
        notes = List.copyOf(notes);
        checks = List.copyOf(checks);
    }

    /** One line for each thing that needs a look; empty if nothing does. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(notes);
        warn(warnings, "rows dropped because a validation or test row has the same prompt", overlapDropped);
        warnings.addAll(checks);
        for (Split split : Split.values()) {
            SplitReport numbers = split(split);
            String label = split.label() + ": ";
            warn(warnings, label + "rows dropped for their length", numbers.dropped());
            warn(
                    warnings,
                    label + "answers that had to be encoded on their own",
                    numbers.encoding().separateAnswers());
            warn(
                    warnings,
                    label + "conversations learnt as one sequence per answer, because the chat template renders"
                            + " earlier turns"
                            + " differently when later ones follow",
                    numbers.encoding().severalSequences());
            warn(
                    warnings,
                    label + "conversations learnt with the prompt as the model is asked, which the chat template"
                            + " renders"
                            + " differently after the answer",
                    numbers.encoding().rewrittenPrompts());
        }
        return List.copyOf(warnings);
    }

    private static void warn(List<String> warnings, String what, int count) {
        if (count > 0) {
            warnings.add(what + ": " + count);
        }
    }

    /** The numbers of one split. */
    public SplitReport split(Split split) {
        return switch (split) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
