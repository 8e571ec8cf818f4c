package io.github.ftmaven.runtime.worker;

import java.util.Map;

/** The process's entry: {@code Main <request.json>}. */
public final class Main {
    /** The task of each goal. */
    private static final Map<String, Task> TASKS = Map.of(
            "dataset", new DatasetTask(),
            "train", new TrainTask(),
            "evaluate", new EvaluateTask(),
            "generate", new GenerateTask(),
            "plan", new PlanTask(),
            "render", new RenderTask());

    private Main() {}

    /** Runs the request named by the only argument. */
    public static void main(String[] arguments) {
        new Worker(TASKS).runAndExit(arguments);
    }
}
