package io.github.ftmaven.plugin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.SparkSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSubmitTest {
    private static final Path JAR = Path.of("ft-spark.jar");

    @TempDir
    Path directory;

    @Test
    void theSpecNamesTheProgramBeforeTheEnvironment() {
        assertThat(SparkSubmit.program(spec(null, "/opt/submit", null), "/opt/spark"))
                .isEqualTo("/opt/submit");
        assertThat(SparkSubmit.program(spec(null, null, null), "/opt/spark"))
                .isEqualTo(Path.of("/opt/spark/bin/spark-submit").toString());
    }

    @Test
    void saysHowToNameAProgram() {
        assertThatThrownBy(() -> SparkSubmit.program(spec(null, null, null), null))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "runner.spark.submit is not set, and neither is the environment variable SPARK_HOME. Point one"
                                + " of them at an Apache Spark, or try it out with runner.spark.master: local-cluster[2,1,2048],"
                                + " which needs none.");
    }

    @Test
    void theDriverRunsBesideMavenWithAllSettings() {
        SparkSpec spark = spec("yarn", null, Map.of("spark.driver.memory", TextNode.valueOf("4g")));
        assertThat(SparkSubmit.command("submit", "Driver", spark, JAR))
                .containsExactly(
                        "submit",
                        "--master",
                        "yarn",
                        "--deploy-mode",
                        "client",
                        "--class",
                        "Driver",
                        "--driver-java-options",
                        "-Dai.djl.offline=true",
                        "--conf",
                        "spark.driver.memory=4g",
                        "ft-spark.jar");
        assertThat(SparkSubmit.command("submit", "Driver", spec(null, null, null), JAR))
                .doesNotContain("--master");
        assertThat(SparkSubmit.variables(Path.of("/jdk/bin/java")))
                .isEqualTo(Map.of("JAVA_HOME", Path.of("/jdk").toString()));
    }

    @Test
    void propertiesSayWhatTheDriverNeeds() throws IOException {
        List<Path> engine = List.of(Path.of("a.jar"));
        assertThat(properties(new SparkProperties(spec("yarn", null, null), null, engine, 4)))
                .containsOnly(
                        Map.entry("master", "yarn"),
                        Map.entry("workers", "3"),
                        Map.entry("cores", "4"),
                        Map.entry("timeout", "120"),
                        Map.entry("engine", "a.jar"));
        LocalMaster local = new LocalMaster(2, 1, 512);
        assertThat(properties(new SparkProperties(spec("local-cluster[2,1,512]", null, null), local, engine, 4)))
                .containsEntry("workers", "2")
                .containsEntry("cores", "1")
                .containsEntry("conf.spark.executor.memory", "512m");
    }

    private Map<Object, Object> properties(SparkProperties properties) throws IOException {
        Path file = directory.resolve(SparkProperties.FILE);
        properties.write(file);
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            read.load(in);
        }
        return read;
    }

    private static SparkSpec spec(
            @Nullable String master, @Nullable String submit, @Nullable Map<String, JsonNode> conf) {
        return new SparkSpec(master, 3, submit, null, null, conf);
    }
}
