package io.github.ftmaven.plugin.build;

import io.github.ftmaven.plugin.source.Coordinates;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.maven.project.MavenProject;

/**
 * The build properties that coordinates may refer to. Properties of the machine, such as environment variables, are
 * excluded, so that the same commit and command line select the same model everywhere.
 */
public final class BuildProperties implements Coordinates.Properties {
    private final Map<String, String> values = new TreeMap<>();

    /**
     * Reads the properties of the POM, then of the command line, then the project's coordinates. Later ones override
     * earlier ones.
     */
    public BuildProperties(MavenProject project, Properties user) {
        put(project.getProperties());
        put(user);
        values.put("project.groupId", project.getGroupId());
        values.put("project.artifactId", project.getArtifactId());
        values.put("project.version", project.getVersion());
        MavenProject parent = project.getParent();
        if (parent != null) {
            values.put("project.parent.groupId", parent.getGroupId());
            values.put("project.parent.version", parent.getVersion());
        }
    }

    private void put(Properties properties) {
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
    }

    @Override
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public Collection<String> names() {
        return values.keySet();
    }
}
