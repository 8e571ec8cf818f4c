package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.journal.Events;
import io.github.ftmaven.runtime.journal.StoppedException;
import java.util.Map;

/** The work of one goal. */
@FunctionalInterface
public interface Task {
    /**
     * Does the work.
     *
     * @return the result for the parent: numbers, texts, lists and maps of them
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if the user's input is wrong
     * @throws StoppedException if it stopped because of {@link Events#stopRequested()}
     */
    Map<String, Object> run(WorkRequest request, Events events) throws Exception;
}
