package io.github.ftmaven.plugin.spark;

import io.github.ftmaven.runtime.spec.SparkSpec;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the process that leads must know of Spark.
 *
 * @param local the cluster of this machine; null for another
 * @param engine the class path of a worker without Spark
 * @param threads with which a worker computes
 */
record SparkProperties(SparkSpec spark, @Nullable LocalMaster local, List<Path> engine, int threads) {
    /** Its name, beside the request. */
    static final String FILE = "spark.properties";

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        if (spark.master() != null) {
            properties.setProperty("master", spark.master());
        }
        properties.setProperty("cores", String.valueOf(cores()));
        properties.setProperty("timeout", String.valueOf(spark.patience()));
        properties.setProperty(
                "engine", engine.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        if (local != null) {
            properties.setProperty("workers", String.valueOf(local.workers()));
            properties.setProperty("conf.spark.executor.memory", local.megabytes() + "m");
        } else if (spark.workers() != null) {
            properties.setProperty("workers", String.valueOf(spark.workers()));
        }
        spark.settings().forEach((name, value) -> properties.setProperty("conf." + name, value.asText()));
        try (OutputStream out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
    }

    private int cores() {
        if (local != null) {
            return local.cores();
        }
        return spark.cores() == null ? threads : spark.cores();
    }
}
