package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** Builds the command line of a worker. */
final class CommandLine {
    private CommandLine() {}

    /**
     * The command that runs a request. The class path goes into an argument file, because it may exceed the length
     * limit of a command line.
     *
     * @param request the request's file, relative to the working directory
     */
    static List<String> of(Launch launch, Path argumentFile, Path request) throws IOException {
        Files.writeString(argumentFile, "-cp\n" + quoted(classPath(launch, argumentFile)) + "\n", nativeCharset());
        List<String> command = new ArrayList<>();
        command.add(launch.java().toString());
        // The JVM expands percent signs.
        command.add(
                "-XX:ErrorFile=" + launch.logs().toString().replace("%", "%%") + File.separator + "hs_err_pid%p.log");
        command.addAll(launch.options());
        command.add("@" + argumentFile);
        command.add(launch.mainClass());
        command.add(request.toString());
        return command;
    }

    /**
     * If a path contains the path separator, only a URL can name its jar. A separate jar then lists the class path as
     * URLs.
     */
    private static String classPath(Launch launch, Path argumentFile) throws IOException {
        if (launch.classPath().stream().noneMatch(CommandLine::holdsSeparator)) {
            return launch.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        }
        Path list = argumentFile.resolveSibling(argumentFile.getFileName() + ".jar");
        // The process runs in the project's directory, so a relative path may avoid the separator.
        Path named = Path.of(FineTune.shown(launch.workingDirectory(), list));
        if (holdsSeparator(named)) {
            list = Files.createTempFile("ft-class-path", ".jar");
            list.toFile().deleteOnExit();
            named = list;
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        launch.classPath().stream()
                                .map(path -> path.toUri().toASCIIString())
                                .collect(Collectors.joining(" ")));
        new JarOutputStream(Files.newOutputStream(list), manifest).close();
        return named.toString();
    }

    private static boolean holdsSeparator(Path path) {
        return path.toString().contains(File.pathSeparator);
    }

    /**
     * Splits a line as a shell would: at blanks outside single and double quotes.
     *
     * @param name where the line comes from
     * @throws InvalidInputException if a quote is not closed
     */
    static List<String> split(String name, String line) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (next == quote) {
                quote = 0;
            } else if (quote != 0) {
                argument.append(next);
            } else if (next == '"' || next == '\'') {
                quote = next;
                begun = true;
            } else if (!Character.isWhitespace(next)) {
                argument.append(next);
                begun = true;
            } else if (begun) {
                arguments.add(argument.toString());
                argument.setLength(0);
                begun = false;
            }
        }
        if (quote != 0) {
            throw new InvalidInputException(name + ": the quote " + quote + " is not closed in: " + line);
        }
        if (begun) {
            arguments.add(argument.toString());
        }
        return arguments;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** The launcher reads argument files in the platform's encoding, whatever {@code file.encoding} says. */
    @SuppressForbidden("the Java launcher reads the file")
    private static Charset nativeCharset() {
        String name = System.getProperty("sun.jnu.encoding");
        return name == null ? Charset.defaultCharset() : Charset.forName(name);
    }
}
