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

/** What all goals share: settings checks, and log lines and error messages in which untrusted text is made harmless. */
abstract class PrintingMojo extends AbstractMojo {
    /**
     * Skips every goal of this plugin.
     *
     * @since 0.1.0
     */
    @Parameter(property = "ft.skip", defaultValue = "false")
    boolean skip;

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
     * This execution. It knows the parameters of all goals.
     *
     * @since 0.1.0
     */
    @Parameter(defaultValue = "${mojoExecution}", readonly = true, required = true)
    @Nullable
    MojoExecution mojoExecution;

    /**
     * Rejects settings that would have no effect, or not the effect the user intended.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException with a line for each
     */
    final void checkSettings() {
        MojoDescriptor mojo = mojoExecution == null ? null : mojoExecution.getMojoDescriptor();
        PluginDescriptor plugin = mojo == null ? null : mojo.getPluginDescriptor();
        if (plugin != null) { // a goal that a program creates has no settings
            new Settings(project, session, plugin).check().forEach(getLog()::warn);
        }
    }

    @Override
    public final Log getLog() {
        return new PrintableLog(super.getLog());
    }

    /** The log for lines that contain their own colours, and untrusted text only if it was made harmless. */
    final Log styledLog() {
        return super.getLog();
    }

    /** Advice for a missing file that may not be downloaded. It begins on its own line. */
    final String offlineAdvice() {
        return session.isOffline() ? "\nThe build is offline. Run ft:fetch once with the network." : "";
    }

    /**
     * Wraps an exception as the cause of the goal's exception. Maven also prints the messages of causes, unless it has
     * printed them already.
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

    /** The message of an exception. A message of several lines begins below the sentence that Maven puts before it. */
    static String paragraph(Exception e) {
        String text = PrintableText.of(String.valueOf(e.getMessage()));
        return text.contains("\n") ? "\n" + text : text;
    }
}
