package io.github.ftmaven.spark;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in one sentence what Spark says in a stack trace. */
final class Failures {
    private static final Pattern CLASS_VERSION =
            Pattern.compile("UnsupportedClassVersionError: \\S+ has been compiled by a more recent version");

    /** Spark puts a worker's stack trace into the message. */
    private static final Pattern OF_A_TASK = Pattern.compile("Lost task [^:]*\\): (?<reason>[^\\n]+)");

    private Failures() {}

    static String reason(Throwable failure) {
        Throwable last = failure;
        StringBuilder all = new StringBuilder();
        for (@Nullable Throwable each = failure; each != null && all.length() < 1 << 16; each = each.getCause()) {
            all.append(each).append('\n');
            last = each;
        }
        if (CLASS_VERSION.matcher(all).find()) {
            return "its workers run a Java older than 17. Set spark.executorEnv.JAVA_HOME in runner.spark.conf to a newer"
                    + " one of their machines.";
        }
        Matcher task = OF_A_TASK.matcher(all);
        if (task.find()) {
            return ended(task.group("reason"));
        }
        return ended(String.valueOf(last.getMessage() == null ? last : last.getMessage())
                .lines()
                .findFirst()
                .orElse(""));
    }

    private static String ended(String text) {
        String line = text.strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
