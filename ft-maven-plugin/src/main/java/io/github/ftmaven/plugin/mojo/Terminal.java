package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.worker.Console;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import java.nio.charset.Charset;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;

/** Whom and what Maven writes to. */
final class Terminal {
    private Terminal() {}

    @SuppressForbidden("a live line is for whoever looks at Maven's own output")
    static Console console(Log log, MavenSession session) {
        return watched(session) ? Console.live(log, System.out) : Console.plain(log);
    }

    /**
     * Whether someone looks at a terminal: no {@code -B}, no continuous integration, no redirection; and no other module
     * that writes between the lines.
     */
    static boolean watched(MavenSession session) {
        return session.getRequest().isInteractiveMode()
                && !session.isParallel()
                && System.getenv("CI") == null
                && isTerminal();
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
    static boolean ascii() {
        return !Charset.defaultCharset().newEncoder().canEncode("–…");
    }
}
