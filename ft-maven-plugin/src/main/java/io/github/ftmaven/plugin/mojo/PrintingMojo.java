package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.plugin.build.Settings;
import io.github.ftmaven.plugin.worker.PrintableLog;
import io.github.ftmaven.runtime.error.PrintableText;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** What all goals say, in the log and as the reason why they fail, with foreign text in it that can do no harm. */
abstract class PrintingMojo extends AbstractMojo {
    /**
     * The project, if there is one.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${project}", readonly = true, required = true)
    public MavenProject project;

    /**
     * The build.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    MavenSession session;

    /**
     * This execution, which knows the parameters of all goals.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    @Nullable
    MojoExecution mojoExecution;

    /**
     * Refuses settings that would have no effect, or another one than the user meant.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException with a line for each
     */
    final void checkSettings() {
        MojoDescriptor mojo = mojoExecution == null ? null : mojoExecution.getMojoDescriptor();
        PluginDescriptor plugin = mojo == null ? null : mojo.getPluginDescriptor();
        if (plugin != null) { // no goal that a program makes has settings
            new Settings(project, session, plugin).check().forEach(getLog()::warn);
        }
    }

    @Override
    public final Log getLog() {
        return new PrintableLog(super.getLog());
    }

    /** The log for lines that bear colours of their own, and no foreign text that was not made harmless. */
    final Log styledLog() {
        return super.getLog();
    }

    /** What to do where something is missing that may not be downloaded; begins on a line of its own. */
    final String offlineAdvice() {
        return session.isOffline() ? "\nThe build is offline. Run ft:fetch once with the network." : "";
    }

    /**
     * An exception as the cause of the one that a goal ends with: Maven prints the messages of causes too, unless they are
     * within what it printed.
     */
    static Throwable harmless(Throwable e) {
        Throwable cause = e.getCause();
        Throwable harmless = cause == null || cause == e ? null : harmless(cause);
        String message = e.getMessage();
        String printable = message == null ? null : PrintableText.of(message);
        if (harmless == cause && Objects.equals(message, printable)) {
            return e;
        }
        Exception copy = new Exception(printable, harmless);
        copy.setStackTrace(e.getStackTrace());
        return copy;
    }

    /** The message of an exception; several lines begin below the sentence that Maven puts before them. */
    static String paragraph(Exception e) {
        String text = PrintableText.of(String.valueOf(e.getMessage()));
        return text.contains("\n") ? "\n" + text : text;
    }
}
