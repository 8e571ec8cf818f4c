package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.Answer;
import io.github.ftmaven.spark.bridge.ClusterException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Waits for tasks, and counts meanwhile those that are done. */
final class RunningTasks {
    private final JavaSparkContext context;
    private final JavaFutureAction<List<Answer>> tasks;

    /** Starts them. */
    RunningTasks(JavaSparkContext context, JavaRDD<Answer> tasks) {
        this.context = context;
        this.tasks = tasks.collectAsync();
    }

    /** Returns the answers. */
    List<Answer> await(IntConsumer finished) throws ExecutionException {
        int told = 0;
        while (true) {
            try {
                return tasks.get(200, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                int done = done();
                if (done > told) {
                    told = done;
                    finished.accept(done);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ClusterException("runner.spark: interrupted while the workers computed.", e);
            }
        }
    }

    private int done() {
        int done = 0;
        for (int job : tasks.jobIds()) {
            SparkJobInfo running = context.statusTracker().getJobInfo(job);
            for (int stage : running == null ? new int[0] : running.stageIds()) {
                SparkStageInfo info = context.statusTracker().getStageInfo(stage);
                done += info == null ? 0 : info.numCompletedTasks();
            }
        }
        return done;
    }
}
