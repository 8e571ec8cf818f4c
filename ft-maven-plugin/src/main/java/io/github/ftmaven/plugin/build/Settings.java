package io.github.ftmaven.plugin.build;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.io.xpp3.MavenXpp3Writer;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;

/**
 * The user's settings for the plugin, for this build and in the pom.
 *
 * @param plugin with its goals
 */
public record Settings(MavenProject project, MavenSession session, PluginDescriptor plugin) {
    private static final String TOLD = "io.github.ftmaven:unread-properties";

    /**
     * Rejects settings that would have no effect, or not the effect the user intended.
     *
     * @return a sentence about each unused property of the pom, only the first time in a module
     * @throws io.github.ftmaven.runtime.error.InvalidInputException with a line for each mistake
     */
    public List<String> check() {
        List<String> unread = UserProperties.of(plugin)
                .check(
                        new UserProperties.Given(
                                map(session.getUserProperties()),
                                map(session.getSystemProperties()),
                                map(project.getProperties())),
                        this::isReadByPom);
        Plugin declared = project.getPlugin(Plugin.constructKey(plugin.getGroupId(), plugin.getArtifactId()));
        if (declared != null) {
            PomParameters.of(plugin).check(declared);
        }
        if (unread.isEmpty() || project.getContextValue(TOLD) != null) {
            return List.of();
        }
        project.setContextValue(TOLD, true);
        return unread;
    }

    /** Whether the pom or one of its parents refers to a property, for example as the version of a plugin. */
    private boolean isReadByPom(String property) {
        for (MavenProject each = project; each != null; each = each.getParent()) {
            if (each.getOriginalModel() == null) {
                continue;
            }
            StringWriter text = new StringWriter();
            try {
                new MavenXpp3Writer().write(text, each.getOriginalModel());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (text.toString().contains("${" + property + "}")) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> map(Properties properties) {
        Map<String, String> map = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> map.put(name, properties.getProperty(name)));
        return map;
    }
}
