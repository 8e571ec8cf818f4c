package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Collects what is wrong with rows, so that one message names many of them. */
final class RowProblems {
    /** As many as fit on a screen. */
    private static final int SHOWN = 10;

    private final List<InvalidInputException> first = new ArrayList<>();
    private int count;
    private int seen;

    /** Gives an example to its receiver, or notes why there is none. */
    void take(Supplier<Example> row, Consumer<Example> receiver) {
        seen++;
        Example example;
        try {
            example = row.get();
        } catch (InvalidInputException e) {
            add(e);
            return;
        }
        receiver.accept(example);
    }

    /** The rows so far, with or without a problem. */
    int seen() {
        return seen;
    }

    private void add(InvalidInputException problem) {
        if (first.size() < SHOWN) {
            first.add(problem);
        }
        count++;
    }

    /**
     * Ends the reading if there was a problem.
     *
     * @throws InvalidInputException which names the first rows and counts the others
     */
    void report() {
        if (count == 0) {
            return;
        }
        if (count == 1) {
            throw first.get(0);
        }
        StringBuilder message = new StringBuilder();
        first.forEach(problem -> message.append(problem.getMessage()).append('\n'));
        message.append(
                count > SHOWN
                        ? "And " + Counted.of(count - SHOWN, "more row", "more rows") + " with problems."
                        : Counted.of(count, "row") + " with problems.");
        throw new InvalidInputException(message.toString(), first.get(0));
    }
}
