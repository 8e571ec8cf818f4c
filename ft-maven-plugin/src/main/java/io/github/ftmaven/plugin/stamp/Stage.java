package io.github.ftmaven.plugin.stamp;

import io.github.ftmaven.runtime.drift.ExampleDigests;
import io.github.ftmaven.runtime.drift.FingerprintJson;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FingerprintContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a fine-tune and its results.
 *
 * @param name the goal that runs it, without its prefix
 * @param title its title in messages, such as {@code Training}
 * @param stampFile the file with its stamp
 * @param outputs the files and directories it writes
 * @param logs files that only describe the run
 * @param sealedJar the jar among its outputs that a later goal seals, which changes the file but not the adapter in it;
 *     null if there is none
 */
public record Stage(
        String name,
        String title,
        Path stampFile,
        List<Path> outputs,
        List<Path> logs,
        @Nullable Path sealedJar) {
    private Stage(String name, String title, Path stampFile, List<Path> outputs, List<Path> logs) {
        this(name, title, stampFile, outputs, logs, null);
    }

    /** Reads, checks and splits the examples. */
    public static Stage dataset(Path output) {
        Path directory = output.resolve("dataset");
        return new Stage(
                "dataset",
                "Reading the dataset",
                directory.resolve("stamp.json"),
                Stream.of(
                                "train.jsonl",
                                "train.tokens",
                                "validation.jsonl",
                                "validation.tokens",
                                "test.jsonl",
                                "dataset.json",
                                FingerprintJson.FILE,
                                ExampleDigests.FILE,
                                "report.json",
                                "report.html")
                        .map(directory::resolve)
                        .toList(),
                List.of());
    }

    /** The files about the dataset that an adapter's jar carries. */
    public static List<Path> fingerprint(Path output, FingerprintContent content) {
        List<String> names = switch (content) {
            case NONE -> List.of();
            case SUMMARY -> List.of(FingerprintJson.FILE);
            case EXAMPLES -> List.of(ExampleDigests.FILE, FingerprintJson.FILE);
        };
        return names.stream().map(output.resolve("dataset")::resolve).toList();
    }

    /** Trains. */
    public static Stage train(Path output) {
        Path directory = output.resolve("train");
        return new Stage(
                "train",
                "Training",
                directory.resolve("stamp.json"),
                List.of(adapter(output), directory.resolve("training.json")),
                List.of(directory.resolve("log.jsonl")));
    }

    /** The files of the trained adapter, sorted. */
    public static List<Path> adapterFiles(Path output) throws IOException {
        return files(List.of(adapter(output)));
    }

    private static Path adapter(Path output) {
        return output.resolve("train").resolve("adapter");
    }

    /**
     * Copies the trained adapter for other modules of the build.
     *
     * @param directory the directory below the project's classes
     */
    public static Stage classes(Path output, Path directory) {
        return new Stage(
                "train",
                "Leaving the adapter for other modules",
                output.resolve("classes").resolve("stamp.json"),
                List.of(directory),
                List.of());
    }

    /**
     * Packages the trained adapter: the jar, the attached artifacts, and the merged model as a directory for serving.
     */
    public static Stage packaging(Path output, Path jar, List<Path> attached) {
        Path directory = output.resolve("package");
        return new Stage(
                "package",
                "Packaging",
                directory.resolve("stamp.json"),
                Stream.concat(Stream.of(jar, directory.resolve("merged")), attached.stream())
                        .toList(),
                List.of(),
                jar);
    }

    /**
     * Measures the packaged adapter. The report and the baseline are not part of its result, because every build writes
     * them again.
     */
    public static Stage evaluate(Path output) {
        Path directory = output.resolve("evaluation");
        return new Stage(
                "evaluate",
                "Evaluating",
                directory.resolve("stamp.json"),
                Stream.of("scores.json", "promptfoo.json", "promptfoo.csv", "promptfoo.md", "junit.xml", "lm-eval")
                        .map(directory::resolve)
                        .toList(),
                List.of());
    }

    /** The current files among the outputs, sorted. Missing files are left out. */
    List<Path> files() throws IOException {
        return files(outputs);
    }

    /** Outputs and logs. */
    public List<Path> everything() {
        return Stream.concat(outputs.stream(), logs.stream()).toList();
    }

    /** The digest of one of the files. */
    String digest(Path file, DigestCache digests) throws IOException {
        if (!file.equals(sealedJar)) {
            return digests.sha256(file);
        }
        try {
            return digests.adapter(file);
        } catch (InvalidInputException e) {
            return "damaged";
        }
    }

    /** The files among these and in the directories among these, sorted within each. */
    public static List<Path> files(List<Path> outputs) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path output : outputs) {
            if (Files.isDirectory(output)) {
                try (Stream<Path> below = Files.walk(output)) {
                    below.filter(Files::isRegularFile).sorted().forEach(files::add);
                }
            } else if (Files.isRegularFile(output)) {
                files.add(output);
            }
        }
        return files;
    }
}
