package io.github.ftmaven.plugin.worker;

import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;

/** Whether Maven writes in colours: who wants none, or writes to a file, wants no other codes of a terminal either. */
final class Colors {
    private Colors() {}

    static boolean areWanted(MavenSession session, Map<String, String> environment) {
        return isCapable(environment) && !isSwitchedOff(session.getUserProperties()) && isMavenColoured(session);
    }

    /** Whether the terminal is one that understands codes, and its owner wants them ({@code https://no-color.org}). */
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

    /** What Maven decided, also of {@code -l FILE}. Each line of Maven has its own way to tell; no answer is no objection. */
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
