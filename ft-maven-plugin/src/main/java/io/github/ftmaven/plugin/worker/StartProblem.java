package io.github.ftmaven.plugin.worker;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Explains why a JVM did not start. The first lines of its output are specific; the last ones are always the same. */
final class StartProblem {
    /** Lines that say nothing, or only that something else is wrong. */
    private static final Pattern EMPTY = Pattern.compile("(?i)(NOTE: )?Picked up .*|OpenJDK .* warning: .*"
            + "|Java HotSpot.* warning: .*|#|# *A fatal error.*|Error occurred during initialization of VM"
            + "|Error: Could not create the Java Virtual Machine\\.|Error: A fatal exception has occurred.*"
            + "|Error: LinkageError occurred while loading main class .*|agent library failed to init: .*");

    private static final Pattern TOO_OLD =
            Pattern.compile("(?s).*UnsupportedClassVersionError.*|.*Could not find or load" + " main class @.*");

    private StartProblem() {}

    /**
     * Why the JVM did not start, as a sentence with advice.
     *
     * @param log the lines it printed
     * @param environment whether environment variables set options for every JVM
     * @return empty if it started
     */
    static Optional<String> of(List<String> log, boolean environment) {
        String all = String.join("\n", log);
        String check = environment
                ? " Check ft.argLine, and the environment variables JAVA_TOOL_OPTIONS and JDK_JAVA_OPTIONS."
                : " Check ft.argLine.";
        if (TOO_OLD.matcher(all).matches()) {
            return Optional.of(
                    "the Java that runs it is older than 17. Point ft.jvm at the java executable of a JDK 17 or"
                            + " later.");
        }
        boolean started = log.stream()
                .noneMatch(line -> line.startsWith("Error: Could not create the Java Virtual Machine")
                        || line.startsWith("Error occurred during initialization of VM")
                        || line.startsWith("Error opening zip file or JAR manifest missing")
                        || line.startsWith("Unrecognized option")
                        || line.contains("insufficient memory for the Java Runtime Environment"));
        if (started) {
            return Optional.empty();
        }
        return log.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !EMPTY.matcher(line).matches())
                .findFirst()
                .map(line -> "Java says: " + line.replaceFirst("^# *", "").replaceFirst("[.]?$", ".") + check);
    }
}
