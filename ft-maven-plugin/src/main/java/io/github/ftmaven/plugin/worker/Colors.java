package io.github.ftmaven.plugin.worker;

import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;

/**
 * Whether Maven writes in colours. A user who wants no colours, or writes to a file, wants no other terminal codes
 * either.
 */
final class Colors {
    private Colors() {}

    static boolean areWanted(MavenSession session, Map<String, String> environment) {
        return isCapable(environment) && !isSwitchedOff(session.getUserProperties()) && isMavenColoured(session);
    }

    /** Whether the terminal understands codes and its owner wants them ({@code https://no-color.org}). */
    static boolean isCapable(Map<String, String> environment) {
        return !"dumb".equals(environment.get("TERM"))
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** {@code -Dstyle.color=never} and its synonyms. */
    static boolean isSwitchedOff(Properties properties) {
        return switch (properties.getProperty("style.color", "auto")) {
            case "never", "no", "none" -> true;
            default -> false;
        };
    }

    /**
     * What Maven decided, which includes {@code -l FILE}. Maven 3 and 4 report it differently. Without an answer,
     * colours are allowed.
     */
    private static boolean isMavenColoured(MavenSession session) {
        try {
            Class<?> jansi = Colors.class.getClassLoader().loadClass("org.fusesource.jansi.Ansi");
            return (boolean) jansi.getMethod("isEnabled").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return isMaven4Coloured(session);
        }
    }

    private static boolean isMaven4Coloured(MavenSession session) {
        try {
            ClassLoader api = session.getClass().getClassLoader();
            Class<?> factory = api.loadClass("org.apache.maven.api.services.MessageBuilderFactory");
            Object current = session.getClass().getMethod("getSession").invoke(session);
            Object messages = api.loadClass("org.apache.maven.api.Session")
                    .getMethod("getService", Class.class)
                    .invoke(current, factory);
            return (boolean) factory.getMethod("isColorEnabled").invoke(messages);
        } catch (ReflectiveOperationException | LinkageError e) {
            return true;
        }
    }
}
