package io.github.ftmaven.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.jspecify.annotations.Nullable;

/** Workers of this machine, each a process, without an installed Spark. They write into {@code SPARK_HOME/work}. */
final class LocalCluster {
    private LocalCluster() {}

    static void configure(SparkConf conf) {
        conf.set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
    }

    /** How often a worker was started. */
    static int starts() {
        return directories().size();
    }

    /** The last line of a complaint that a worker wrote on its standard error. */
    static Optional<String> lastWords() {
        for (Path directory : directories()) {
            Path log = directory.resolve("stderr");
            if (Files.isRegularFile(log)) {
                Optional<String> last =
                        lines(log).stream().filter(LocalCluster::isWord).reduce((first, second) -> second);
                if (last.isPresent()) {
                    return last.map(String::strip);
                }
            }
        }
        return Optional.empty();
    }

    /** No part of a stack trace, and not what Spark says of a worker that is well. */
    private static boolean isWord(String line) {
        return !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t...") && !line.contains(" INFO ");
    }

    /** One byte per character: another program wrote it. */
    private static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The latest first. */
    private static List<Path> directories() {
        @Nullable String home = System.getenv("SPARK_HOME");
        Path work = Path.of(home == null ? "" : home).resolve("work");
        if (!Files.isDirectory(work)) {
            return List.of();
        }
        try (Stream<Path> found = Files.find(work, 2, (path, attributes) -> attributes.isDirectory())) {
            return found.filter(path -> work.relativize(path).getNameCount() == 2)
                    .sorted(Comparator.comparing((Path path) -> path.toFile().lastModified())
                            .reversed())
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }
}
