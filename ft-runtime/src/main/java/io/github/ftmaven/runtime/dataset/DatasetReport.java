package io.github.ftmaven.runtime.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a dataset holds ({@code dataset.json}).
 *
 * @param overlapDropped rows left out because a held-out row has the same prompt
 * @param duplicates training rows that say again what an earlier row said
 * @param contradictions training prompts with more than one answer
 * @param testCopies test rows that ask what an earlier test row asks: no evidence of their own
 * @param testContradictions test prompts with more than one expected answer
 * @param notes what is unusual about how the model is asked for answers, a sentence each
 */
public record DatasetReport(
        SplitReport train,
        SplitReport validation,
        SplitReport test,
        int overlapDropped,
        int duplicates,
        int contradictions,
        int testCopies,
        int testContradictions,
        List<String> notes) {
    /** Requires all parts, and copies the list. */
    public DatasetReport {
        Objects.requireNonNull(train, "train");
        Objects.requireNonNull(validation, "validation");
        Objects.requireNonNull(test, "test");
        notes = List.copyOf(notes);
    }

    /** What a person should look at, one line each; empty when all is well. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(notes);
        warn(warnings, "rows left out because a held-out row has the same prompt", overlapDropped);
        warn(warnings, "train: rows that repeat an earlier row", duplicates);
        warn(warnings, "train: prompts with more than one answer", contradictions);
        warn(
                warnings,
                "test: rows that ask what an earlier row asks, which acceptance rules count as one question",
                testCopies);
        warn(warnings, "test: prompts with more than one expected answer", testContradictions);
        for (Split split : Split.values()) {
            SplitReport numbers = split(split);
            String label = split.label() + ": ";
            warn(warnings, label + "rows left out for their length", numbers.dropped());
            warn(warnings, label + "answers not encoded as in the whole text", numbers.separateAnswers());
            warn(
                    warnings,
                    label + "conversations learnt as one sequence an answer, as the chat template writes earlier turns"
                            + " otherwise once there are later ones",
                    numbers.severalSequences());
            warn(
                    warnings,
                    label + "conversations learnt behind the prompt they are asked with, which the chat template writes"
                            + " otherwise once it is answered",
                    numbers.rewrittenPrompts());
            warn(
                    warnings,
                    label + "answers that template or tokenizer alters, so that no model can give them exactly",
                    numbers.alteredAnswers());
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
