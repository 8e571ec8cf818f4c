package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.Answer;
import io.github.ftmaven.spark.bridge.Engine;
import java.io.File;
import java.util.List;
import org.apache.spark.SparkFiles;
import org.jspecify.annotations.Nullable;

/**
 * The engine of this worker's process. There is one as long as the process lives, because native libraries are loaded once. A
 * base stays for all tasks of a job.
 */
final class Engines {
    private static @Nullable String opened;
    private static @Nullable Engine engine;

    private Engines() {}

    /** Computes a task of a job. One at a time: Spark may give a process two tasks after another one died. */
    static synchronized Answer compute(SharedJob job, String gpu, String name, List<byte[]> shared, byte[] task) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try {
            Engine own = engine;
            if (own == null) {
                own = EngineLoader.of(job.engine(), Engines::here)
                        .create("io.github.ftmaven.spark.engine.ComputingEngine", Engine.class);
                engine = own;
            }
            thread.setContextClassLoader(own.getClass().getClassLoader());
            if (!(job.id() + gpu).equals(opened)) {
                opened = null;
                Answer answer = own.open(job.job(), gpu);
                if (answer.kind() != Answer.Kind.DONE) {
                    return answer;
                }
                opened = job.id() + gpu;
            }
            return own.compute(name, shared, task);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** A jar of the leader's machine: at the same place, or where Spark put its copy. */
    private static String here(String jar) {
        return new File(jar).exists() ? jar : SparkFiles.get(new File(jar).getName());
    }
}
