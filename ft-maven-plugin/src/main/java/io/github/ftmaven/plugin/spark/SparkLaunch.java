package io.github.ftmaven.plugin.spark;

import io.github.ftmaven.plugin.repository.SparkJars;
import io.github.ftmaven.plugin.worker.Launch;
import io.github.ftmaven.plugin.worker.WorkerEnvironment;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.spec.SparkSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.aether.resolution.DependencyResolutionException;

/**
 * Starts a goal's process on Spark. It gets the request that it would get without Spark, and leaves the same files; what
 * is about Spark alone is in {@code spark.properties} beside the request.
 */
public final class SparkLaunch {
    private static final String MAIN_CLASS = "io.github.ftmaven.spark.SparkDriver";

    /** Of the Spark in ft-spark-local. */
    private static final String SCALA = "2.13";

    private SparkLaunch() {}

    /**
     * Changes the start of a process into one with Spark.
     *
     * @param threads of each worker, as without Spark
     * @throws InvalidInputException if there is no Spark where the spec says
     */
    public static Launch of(SparkSpec spark, Launch local, int threads, SparkJars sparkJars)
            throws IOException, DependencyResolutionException {
        LocalMaster master = LocalMaster.of(spark.master());
        String program = master == null ? SparkSubmit.program(spark, System.getenv("SPARK_HOME")) : "";
        Path jar = sparkJars.own();
        SparkProperties properties = new SparkProperties(spark, master, local.classPath(), threads);
        Files.createDirectories(local.logs());
        properties.write(local.logs().resolve(SparkProperties.FILE));
        if (master == null) {
            return local.withProgram(
                    SparkSubmit.command(program, MAIN_CLASS, spark, jar),
                    "Point runner.spark.submit at the spark-submit of an Apache Spark.",
                    with(local.environment(), SparkSubmit.variables(local.java())));
        }
        List<Path> jars = new ArrayList<>(List.of(jar));
        jars.addAll(sparkJars.local());
        return local.withMain(MAIN_CLASS, jars, with(local.environment(), home(local)));
    }

    /** Spark looks for itself in a directory; there it leaves what its workers print. */
    private static Map<String, String> home(Launch local) throws IOException {
        Path home = local.logs().resolve("spark");
        Directories.delete(home);
        Files.createDirectories(home.resolve("jars"));
        return Map.of("SPARK_HOME", home.toAbsolutePath().toString(), "SPARK_SCALA_VERSION", SCALA);
    }

    private static WorkerEnvironment with(WorkerEnvironment environment, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(environment.variables());
        variables.putAll(more);
        return new WorkerEnvironment(environment.device(), variables, environment.acceleration());
    }
}
