package io.github.ftmaven.plugin.extension;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/** Where the goals of a module will look for their specs, as far as its pom and its properties tell. */
final class SpecLocations {
    private static final String PARAMETER = "spec";
    private static final String PROPERTY = "ft.spec";
    private static final String DEFAULT = "src/main/ft/fine-tune.yaml";

    private SpecLocations() {}

    static Set<Path> of(Plugin plugin, MavenProject project, MavenSession session) {
        List<ConfigurationContainer> configured = new ArrayList<>(plugin.getExecutions());
        configured.add(plugin);
        List<String> declared = configured.stream()
                .map(SpecLocations::configured)
                .filter(Objects::nonNull)
                .toList();
        Path directory = project.getBasedir().toPath().toAbsolutePath();
        Set<Path> specs = new TreeSet<>();
        (declared.isEmpty() ? Stream.of(property(project, session)) : declared.stream())
                .forEach(spec -> specs.add(directory.resolve(spec).normalize()));
        return specs;
    }

    private static @Nullable String configured(ConfigurationContainer container) {
        if (container.getConfiguration() instanceof Xpp3Dom configuration) {
            Xpp3Dom spec = configuration.getChild(PARAMETER);
            return spec == null || spec.getValue() == null ? null : spec.getValue().trim();
        }
        return null;
    }

    private static String property(MavenProject project, MavenSession session) {
        String ofUser = session.getUserProperties()
                .getProperty(PROPERTY, session.getSystemProperties().getProperty(PROPERTY));
        return ofUser == null ? project.getProperties().getProperty(PROPERTY, DEFAULT) : ofUser;
    }
}
