package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.ClusterException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Waits until the first worker runs. Spark itself waits for ever, and starts one that cannot run again and again, a dozen
 * times a second.
 */
final class FirstJob {
    /** A worker that was started so often and runs no task will never run one. */
    private static final int STARTS = 20;

    private final JavaSparkContext context;
    private final Settings settings;
    private final int before;

    FirstJob(JavaSparkContext context, Settings settings) {
        this.context = context;
        this.settings = settings;
        this.before = settings.isLocal() ? LocalCluster.starts() : 0;
    }

    /**
     * Runs it.
     *
     * @throws ClusterException if no worker runs it in time
     */
    void run() {
        FutureTask<Long> job =
                new FutureTask<>(() -> context.parallelize(List.of(1), 1).count());
        Thread thread = new Thread(job, "first job");
        thread.setDaemon(true);
        thread.start();
        long begin = System.nanoTime();
        while (!ended(job)) {
            if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(settings.timeout())) {
                throw failed(
                        "no worker of " + context.master() + " ran a task within " + settings.timeout() + " seconds");
            }
            if (settings.isLocal() && LocalCluster.starts() - before > STARTS) {
                throw failed("the workers of " + context.master() + " end as soon as they start");
            }
        }
    }

    private static boolean ended(FutureTask<Long> job) {
        try {
            job.get(200, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new ClusterException("runner.spark: no worker could run a task: " + Failures.reason(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("runner.spark: interrupted while the workers started.", e);
        }
    }

    private ClusterException failed(String what) {
        String words = settings.isLocal()
                ? LocalCluster.lastWords()
                        .map(last -> " The last words of one: " + last)
                        .orElse("")
                : " The pages or logs of the cluster say why: it may lack room for workers of " + settings.cores()
                        + " cores and the memory that they want, or they cannot reach this machine.";
        return new ClusterException("runner.spark: " + what + "." + words);
    }
}
