package io.github.ftmaven.runtime.lmeval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tests of other rooms need of this one. */
public final class TaskResults {
    /** The golden script's resamples. */
    private static final int BOOTSTRAP = 2000;

    private TaskResults() {}

    /**
     * Asks tasks.
     *
     * @param files as a harness that is started in the directory would find them
     */
    public static TaskSet.Results ask(Path directory, List<String> files, LanguageModel model) {
        List<TaskSet.Source> sources = new ArrayList<>();
        files.forEach(file -> sources.add(new TaskSet.Source(directory.resolve(file), file, null, null)));
        TaskSet tasks = TaskSet.read(sources);
        tasks.check();
        return tasks.ask(model, name -> {}, BOOTSTRAP);
    }
}
