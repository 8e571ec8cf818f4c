package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/** Maven's terminal, and whether a person watches it. */
public final class Terminal {
    private Terminal() {}

    @SuppressForbidden("a live line belongs in Maven's own output")
    public static Console console(Log log, MavenSession session) {
        return log.isInfoEnabled() && watched(session)
                ? Console.live(log, standardOutput(session))
                : Console.plain(log);
    }

    /**
     * Whether a person watches a terminal that understands codes: not with {@code -B}, in continuous integration, when
     * redirected or with colours switched off, and not if other modules write between the lines.
     */
    public static boolean watched(MavenSession session) {
        return session.getRequest().isInteractiveMode()
                && !session.isParallel()
                && System.getenv("CI") == null
                && isTerminal()
                && Colors.areWanted(session, System.getenv());
    }

    /**
     * Prints a text of any length to standard output for when Maven is quiet, and adds only a line break at its end.
     * Untrusted text is made harmless for a terminal. A pipe gets UTF-8.
     */
    public static void print(String text, MavenSession session) {
        String shown = PrintableText.whole(text);
        PrintStream out = standardOutput(session);
        String ended = shown.endsWith("\n") ? shown : shown + "\n";
        if (isTerminal()) {
            out.print(ended);
        } else {
            byte[] bytes = ended.getBytes(StandardCharsets.UTF_8);
            out.write(bytes, 0, bytes.length);
        }
        out.flush();
    }

    /** Maven 4 turns the lines written to {@code System.out} into lines of its log. */
    @SuppressForbidden("the text belongs in Maven's own output")
    private static PrintStream standardOutput(MavenSession session) {
        return session.getSystemProperties().getProperty("maven.version", "3").startsWith("4")
                ? new PrintStream(new FileOutputStream(FileDescriptor.out), true)
                : System.out;
    }

    @SuppressWarnings("SystemConsoleNull") // null before Java 22; since then Console knows whether it is a terminal
    private static boolean isTerminal() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Whether the output can only hold ASCII. */
    @SuppressForbidden("Maven prints in this charset")
    public static boolean ascii() {
        return !Charset.defaultCharset().newEncoder().canEncode("–…");
    }
}
