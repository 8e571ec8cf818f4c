package io.github.ftmaven.spark;

import io.github.ftmaven.spark.bridge.Leader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The entry of a process that leads on Spark: {@code SparkDriver REQUEST}. The request is the one of the same goal without
 * Spark; beside it lies {@code spark.properties}.
 */
public final class SparkDriver {
    private SparkDriver() {}

    /** Runs the request named by the only argument. */
    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.read(Path.of(arguments[0]).resolveSibling("spark.properties"));
        List<String> jars = List.of(settings.engine().split(File.pathSeparator, -1));
        EngineLoader engine = EngineLoader.of(jars, UnaryOperator.identity());
        SparkCluster cluster = new SparkCluster(settings, jars);
        Thread.currentThread().setContextClassLoader(engine);
        engine.create("io.github.ftmaven.spark.engine.LeadingEngine", Leader.class)
                .runAndExit(arguments[0], cluster);
    }
}
