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
     * @return what the parent should know about the result: numbers, texts, lists and maps of them
     * @throws io.github.ftmaven.runtime.error.InvalidInputException when something the user supplied is wrong
     * @throws StoppedException when it stopped because {@link Events#stopRequested()}
     */
    Map<String, Object> run(WorkRequest request, Events events) throws Exception;
}
