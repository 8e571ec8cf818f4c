package io.github.ftmaven.plugin.spark;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.SparkSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of {@code spark-submit}. The process that leads runs on this machine, beside Maven. */
final class SparkSubmit {
    private SparkSubmit() {}

    /**
     * Finds the program.
     *
     * @param home the value of {@code SPARK_HOME}
     * @throws InvalidInputException if neither the spec nor the environment names one
     */
    static String program(SparkSpec spark, @Nullable String home) {
        if (spark.submit() != null) {
            return spark.submit();
        }
        if (home == null || home.isEmpty()) {
            throw new InvalidInputException("runner.spark.submit is not set, and neither is the environment variable"
                    + " SPARK_HOME. Point one of them at an Apache Spark, or try it out with runner.spark.master:"
                    + " local-cluster[2,1,2048], which needs none.");
        }
        return Path.of(home, "bin", "spark-submit").toString();
    }

    /** The command, to which the request's file is added. */
    static List<String> command(String program, String mainClass, SparkSpec spark, Path jar) {
        List<String> command = new ArrayList<>(List.of(program));
        if (spark.master() != null) {
            command.addAll(List.of("--master", spark.master()));
        }
        command.addAll(List.of("--deploy-mode", "client", "--class", mainClass));
        command.addAll(List.of("--driver-java-options", "-Dai.djl.offline=true"));
        // Those of the driver itself come too late once it runs.
        spark.settings().forEach((name, value) -> command.addAll(List.of("--conf", name + "=" + value.asText())));
        command.add(jar.toString());
        return command;
    }

    /** The driver runs the Java of the other goals. */
    static Map<String, String> variables(Path java) {
        Path bin = java.getParent();
        Path home = bin == null ? null : bin.getParent();
        return home == null ? Map.of() : Map.of("JAVA_HOME", home.toString());
    }
}
