package io.github.ftmaven.plugin.spark;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.plugin.repository.WorkerClassPath;
import io.github.ftmaven.plugin.worker.Launch;
import io.github.ftmaven.plugin.worker.WorkerEnvironment;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SparkSpec;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Starts a training's process on Spark. It gets the request that it would get without Spark, and leaves the same files; what
 * is about Spark alone is in {@code spark.properties} beside the request.
 */
public final class SparkLaunch {
    private static final String MAIN_CLASS = "io.github.ftmaven.spark.SparkDriver";

    /** Of the Spark in ft-spark-local. */
    private static final String SCALA = "2.13";

    private final WorkerClassPath classPath;

    /** Creates it for Maven. */
    @Inject
    public SparkLaunch(WorkerClassPath classPath) {
        this.classPath = classPath;
    }

    /**
     * Changes the start of a process into one with Spark.
     *
     * @param threads of each worker, as of a training without Spark
     * @throws InvalidInputException if there is no Spark where the spec says
     */
    public Launch of(
            FineTuneSpec spec, Launch local, int threads, MavenProject project, RepositorySystemSession session)
            throws IOException, DependencyResolutionException {
        SparkSpec spark =
                Objects.requireNonNull(Objects.requireNonNull(spec.outside().runner()).spark());
        Path jar = jar(project, session);
        Files.createDirectories(local.logs());
        LocalMaster master = LocalMaster.of(spark.master());
        write(spark, master, local, threads);
        if (master == null) {
            return submit(spark, jar, local);
        }
        List<Path> jars = new ArrayList<>(List.of(jar));
        jars.addAll(classPath.localSpark(project, session, Versions.current()));
        return new Launch(
                local.java(),
                MAIN_CLASS,
                jars,
                local.jvmArguments(),
                environment(local),
                local.workingDirectory(),
                local.logs(),
                local.timeout());
    }

    private Path jar(MavenProject project, RepositorySystemSession session) {
        try {
            return classPath.spark(project, session, Versions.current());
        } catch (ArtifactResolutionException e) {
            throw new InvalidInputException(
                    "training.runner: spark needs ft-spark in the version of the plugin: " + e.getMessage(), e);
        }
    }

    private static void write(SparkSpec spark, @Nullable LocalMaster master, Launch local, int threads)
            throws IOException {
        Properties properties = new Properties();
        properties.setProperty("master", spark.master());
        properties.setProperty("cores", String.valueOf(master == null ? threads : master.cores()));
        properties.setProperty("timeout", String.valueOf(spark.patience()));
        properties.setProperty(
                "engine", local.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        if (master != null) {
            properties.setProperty("workers", String.valueOf(master.workers()));
            properties.setProperty("conf.spark.executor.memory", master.megabytes() + "m");
        } else if (spark.workers() != null) {
            properties.setProperty("workers", String.valueOf(spark.workers()));
        }
        for (Map.Entry<String, JsonNode> each : spark.settings().entrySet()) {
            properties.setProperty("conf." + each.getKey(), each.getValue().asText());
        }
        try (OutputStream out = Files.newOutputStream(local.logs().resolve("spark.properties"))) {
            properties.store(out, null);
        }
    }

    /** Spark looks for itself in a directory; there it leaves what its workers print. */
    private static WorkerEnvironment environment(Launch local) throws IOException {
        Path home = local.logs().resolve("spark");
        Directories.delete(home);
        Files.createDirectories(home.resolve("jars"));
        Map<String, String> variables = new HashMap<>(local.environment().variables());
        variables.put("SPARK_HOME", home.toAbsolutePath().toString());
        variables.put("SPARK_SCALA_VERSION", SCALA);
        return new WorkerEnvironment(
                local.environment().device(), variables, local.environment().acceleration());
    }

    private static Launch submit(SparkSpec spark, Path jar, Launch local) {
        List<String> command = new ArrayList<>(List.of(
                submit(spark),
                "--master",
                spark.master(),
                "--deploy-mode",
                "client",
                "--class",
                MAIN_CLASS,
                "--driver-java-options",
                "-Dai.djl.offline=true"));
        // The driver's own settings come too late once it runs.
        spark.settings().forEach((name, value) -> command.addAll(List.of("--conf", name + "=" + value.asText())));
        command.add(jar.toString());
        return new Launch(
                local.java(),
                MAIN_CLASS,
                local.classPath(),
                local.jvmArguments(),
                local.environment(),
                local.workingDirectory(),
                local.logs(),
                local.timeout(),
                command);
    }

    private static String submit(SparkSpec spark) {
        if (spark.submit() != null) {
            return spark.submit();
        }
        String home = System.getenv("SPARK_HOME");
        if (home == null || home.isEmpty()) {
            throw new InvalidInputException("runner.spark.submit: is not set, and neither is SPARK_HOME. Point one of them"
                    + " at an Apache Spark, or try it out with the master local-cluster[2,1,2048].");
        }
        return Path.of(home, "bin", "spark-submit").toString();
    }
}
