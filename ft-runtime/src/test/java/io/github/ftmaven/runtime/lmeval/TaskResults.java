package io.github.ftmaven.runtime.lmeval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What tests of other rooms need of this one. */
public final class TaskResults {
    /** The golden script's resamples. */
    private static final int BOOTSTRAP = 2000;

    private TaskResults() {}

    public static TaskSet.Results ask(List<Path> files, LanguageModel model) {
        List<TaskSet.Source> sources = new ArrayList<>();
        files.forEach(file -> sources.add(new TaskSet.Source(file, String.valueOf(file.getFileName()), null, null)));
        TaskSet tasks = TaskSet.read(sources);
        tasks.check();
        return tasks.ask(model, name -> {}, BOOTSTRAP);
    }
}
