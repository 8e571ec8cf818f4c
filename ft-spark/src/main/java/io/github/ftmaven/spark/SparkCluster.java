package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.Answer;
import io.github.ftmaven.spark.bridge.Cluster;
import io.github.ftmaven.spark.bridge.ClusterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Passes tasks to Spark, and what they share as a broadcast. */
final class SparkCluster implements Cluster {
    /** What the bytes of a result, or its memory, depend on. */
    private static final Map<String, String> REQUIRED = Map.of(
            "spark.speculation", "false", // each task is needed once
            "spark.dynamicAllocation.enabled", "false",
            "spark.driver.maxResultSize", "0",
            "spark.broadcast.compress", "false", // floats hardly shrink
            "spark.locality.wait", "0s");

    private final Settings settings;
    private final List<String> engine;
    private final ClassLoader loader;
    private @Nullable JavaSparkContext context;
    private @Nullable Broadcast<SharedJob> job;
    private @Nullable Broadcast<SharedValues> shared;
    private @Nullable String sharedName;

    SparkCluster(Settings settings, List<String> engine) {
        this.settings = settings;
        this.engine = new ArrayList<>(engine); // a list that Java can serialize
        this.loader = SparkCluster.class.getClassLoader();
    }

    @Override
    public String open(String name, byte[] declared) {
        return onSparksSide(() -> {
            JavaSparkContext started = context;
            if (started == null) {
                started = start(name);
                context = started;
                if (!settings.isLocal()) {
                    engine.forEach(started::addFile);
                }
                new FirstJob(started, settings).run();
            }
            job = started.broadcast(new SharedJob(
                    UUID.randomUUID().toString(), engine, declared, settings.isLocal() ? settings.workers() : 0));
            return "Spark " + started.version() + " at " + started.master();
        });
    }

    private JavaSparkContext start(String name) {
        SparkConf conf = new SparkConf().setAppName(name);
        if (!settings.master().isEmpty()) {
            conf.setMaster(settings.master());
        }
        String cores = String.valueOf(settings.cores());
        // A worker computes one task at a time, with all of its cores.
        conf.set("spark.task.cpus", cores).set("spark.executor.cores", cores);
        if (settings.workers() > 0) {
            conf.set("spark.executor.instances", String.valueOf(settings.workers()));
            if (!settings.isLocal()) {
                conf.set("spark.cores.max", String.valueOf(settings.workers() * settings.cores()));
            }
        }
        if (settings.isLocal()) {
            LocalCluster.configure(conf);
        }
        conf.setIfMissing("spark.executor.extraJavaOptions", "-Dai.djl.offline=true");
        settings.conf().forEach(conf::set);
        REQUIRED.forEach(conf::set);
        try {
            return new JavaSparkContext(conf);
        } catch (RuntimeException | LinkageError e) {
            throw new ClusterException("runner.spark: Spark cannot start: " + Failures.reason(e), e);
        }
    }

    @Override
    public List<Answer> compute(String name, List<byte[]> values, List<byte[]> tasks, IntConsumer finished) {
        return onSparksSide(() -> {
            JavaSparkContext started = Objects.requireNonNull(context, "open comes first");
            try {
                return new RunningTasks(
                                started,
                                started.parallelize(new ArrayList<>(tasks), tasks.size())
                                        .map(new TaskFunction(
                                                Objects.requireNonNull(job), share(started, name, values))))
                        .await(finished);
            } catch (ClusterException e) {
                throw e;
            } catch (RuntimeException | ExecutionException e) {
                throw new ClusterException("runner.spark: the workers could not compute: " + Failures.reason(e), e);
            }
        });
    }

    private Broadcast<SharedValues> share(JavaSparkContext started, String name, List<byte[]> values) {
        Broadcast<SharedValues> current = shared;
        if (current == null || !name.equals(sharedName)) {
            shared = null;
            release(current);
            current = started.broadcast(new SharedValues(name, new ArrayList<>(values)));
            shared = current;
            sharedName = name;
        }
        return current;
    }

    /** Left to its shutdown hooks, Spark ends workers first, and then starts others until it ends itself. */
    @Override
    public void close() {
        JavaSparkContext started = context;
        if (started != null) {
            onSparksSide(() -> {
                started.stop();
                return true;
            });
        }
    }

    private static void release(@Nullable Broadcast<SharedValues> former) {
        try {
            if (former != null) {
                former.destroy();
            }
        } catch (RuntimeException e) {
            // Spark is gone, and the next failure says so.
        }
    }

    /** Spark loads classes through the thread. */
    private <T> T onSparksSide(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
