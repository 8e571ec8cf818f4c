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

/** Whom and what Maven writes to. */
public final class Terminal {
    private Terminal() {}

    @SuppressForbidden("a live line is for whoever looks at Maven's own output")
    public static Console console(Log log, MavenSession session) {
        return log.isInfoEnabled() && watched(session)
                ? Console.live(log, standardOutput(session))
                : Console.plain(log);
    }

    /**
     * Whether someone looks at a terminal that understands its codes: no {@code -B}, no continuous integration, no
     * redirection, no colours switched off; and no other module that writes between the lines.
     */
    public static boolean watched(MavenSession session) {
        return session.getRequest().isInteractiveMode()
                && !session.isParallel()
                && System.getenv("CI") == null
                && isTerminal()
                && Colors.areWanted(session, System.getenv());
    }

    /**
     * Prints a text of whatever length on the standard output, where Maven is quiet, with nothing before or behind it but the
     * end of its last line. Foreign text in it can do no harm to a terminal; a pipe gets UTF-8.
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

    /** Maven 4 decorates what goes through {@code System.out} as lines of its log. */
    @SuppressForbidden("the text is for whoever reads Maven's own output")
    private static PrintStream standardOutput(MavenSession session) {
        return session.getSystemProperties().getProperty("maven.version", "3").startsWith("4")
                ? new PrintStream(new FileOutputStream(FileDescriptor.out), true)
                : System.out;
    }

    @SuppressWarnings("SystemConsoleNull") // of Java before 22; a later one's Console knows whether it is a terminal
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
    @SuppressForbidden("Maven prints in it")
    public static boolean ascii() {
        return !Charset.defaultCharset().newEncoder().canEncode("–…");
    }
}
