package io.github.ftmaven.runtime.launcher;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.StringTokenizer;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The process that trains. It gets the variables that its numbers depend on, as the build has them. */
public final class TrainingProcess {
    /** The settings of the process, as properties. */
    public static final String SETTINGS = "launch.properties";
    /** The property with the class to run. */
    public static final String MAIN_CLASS = "main";
    /** The property with the names of variables that are not inherited, between blanks. */
    public static final String WITHOUT = "without";
    /** The property with the names of variables that the machine must have, between blanks. */
    public static final String NEEDED = "needed";
    /** How properties for variables begin. */
    public static final String VARIABLE = "variable.";
    /** How properties for arguments of the JVM begin; their order is that of their names. */
    public static final String ARGUMENT = "argument.";

    /** Where DJL puts native libraries, unless the machine has a place for them. */
    private static final String CACHE_VARIABLE = "DJL_CACHE_DIR";

    /** As in {@code Worker.STOP}. */
    private static final String STOP = "STOP\n";

    private static final long SECONDS_TO_SAVE = 20;

    private final Path directory;

    TrainingProcess(Path directory) {
        this.directory = directory;
    }

    /** Runs it to its end and returns its exit code. It does not outlive this one, and saves its state when asked to. */
    int run(List<String> libraries) throws IOException, InterruptedException, UnusableException {
        Properties settings = new Properties();
        try (InputStream in = Files.newInputStream(directory.resolve(SETTINGS))) {
            settings.load(in);
        }
        requireVariables(settings);
        ProcessBuilder builder = new ProcessBuilder(command(settings, libraries))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT);
        apply(settings, builder.environment());
        Process process = builder.start();
        Thread hook = new Thread(() -> stop(process), "stop training");
        Runtime.getRuntime().addShutdownHook(hook);
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            lastEvent();
        }
        return exitCode;
    }

    private static void requireVariables(Properties settings) throws UnusableException {
        for (String name : words(settings, NEEDED)) {
            if (System.getenv(name) == null) {
                throw new UnusableException("The training needs a GPU, but " + name + " is not set on this machine. Set"
                        + " it to the directory of a libtorch for CUDA.");
            }
        }
    }

    private static List<String> words(Properties settings, String name) {
        List<String> words = new ArrayList<>();
        new StringTokenizer(settings.getProperty(name, ""))
                .asIterator()
                .forEachRemaining(word -> words.add((String) word));
        return words;
    }

    private static List<String> command(Properties settings, List<String> libraries) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String name : new TreeSet<>(settings.stringPropertyNames())) {
            if (name.startsWith(ARGUMENT)) {
                command.add(settings.getProperty(name));
            }
        }
        command.add("-cp");
        command.add(String.join(File.pathSeparator, libraries));
        command.add(settings.getProperty(MAIN_CLASS));
        command.add(WorkerJar.REQUEST);
        return command;
    }

    private void apply(Properties settings, Map<String, String> environment) {
        environment.keySet().removeAll(words(settings, WITHOUT));
        for (String name : settings.stringPropertyNames()) {
            if (name.startsWith(VARIABLE)) {
                environment.put(name.substring(VARIABLE.length()), settings.getProperty(name));
            }
        }
        environment.putIfAbsent(CACHE_VARIABLE, directory.resolve("cache").toString());
    }

    private static void stop(Process process) {
        try {
            OutputStream in = process.getOutputStream();
            in.write(STOP.getBytes(StandardCharsets.US_ASCII));
            in.flush();
            if (!process.waitFor(SECONDS_TO_SAVE, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // It has ended.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the training said last, for those who see only this output. */
    private void lastEvent() throws IOException {
        Path events = directory.resolve("events.jsonl");
        if (Files.isRegularFile(events)) {
            List<String> lines = Files.readAllLines(events);
            if (!lines.isEmpty()) {
                WorkerJar.say(lines.get(lines.size() - 1));
            }
        }
    }
}
