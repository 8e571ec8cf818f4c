package io.github.ftmaven.plugin.extension;

import io.github.ftmaven.plugin.NamedFiles;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.PlexusContainer;
import org.codehaus.plexus.component.repository.exception.ComponentLookupException;

/**
 * The Maven Build Cache extension, which restores a module without running its goals while the sources that it knows are the
 * same. It knows neither specs nor data, so a module with a fine-tune is kept from it, and modules that depend on one are
 * told its files.
 */
public final class BuildCache {
    /** Present in Maven 3.9 and later; by its name, since this plugin is compiled for older ones. */
    private static final String STRATEGY = "org.apache.maven.plugin.MojosExecutionStrategy";

    private static final String PACKAGE = "org.apache.maven.buildcache.";
    private static final String ENABLED = "maven.build.cache.enabled";
    private static final String INPUT = "maven.build.cache.input.ft.";

    private final PlexusContainer container;
    private final String role;
    private final String implementations;

    /** Looks for it among the components of a build. */
    @Inject
    public BuildCache(PlexusContainer container) {
        this(container, STRATEGY, PACKAGE);
    }

    /** The same for another component; the oldest Maven has none of this role. */
    BuildCache(PlexusContainer container, String role, String implementations) {
        this.container = container;
        this.role = role;
        this.implementations = implementations;
    }

    /** Whether it is part of a build, and not switched off on the command line. */
    public boolean isActive(MavenSession session) {
        String enabled = session.getUserProperties()
                .getProperty(ENABLED, session.getSystemProperties().getProperty(ENABLED, "true"));
        return Boolean.parseBoolean(enabled) && isPresent();
    }

    private boolean isPresent() {
        try {
            Class<?> strategy = MavenSession.class.getClassLoader().loadClass(role);
            return container.lookup(strategy).getClass().getName().startsWith(implementations);
        } catch (ClassNotFoundException | ComponentLookupException e) {
            return false;
        }
    }

    /**
     * Tells it to leave a module alone, and that the modules that depend on it depend on these files.
     *
     * @param files what {@link NamedFiles} finds
     */
    static void tell(MavenProject project, Collection<Path> files) {
        Properties properties = project.getProperties();
        properties.setProperty(ENABLED, "false");
        int number = 0;
        for (Path file : files) {
            properties.setProperty(INPUT + number++, file.toString());
        }
    }

    private static boolean isTold(MavenProject project) {
        Properties properties = project.getProperties();
        return "false".equals(properties.getProperty(ENABLED)) && properties.containsKey(INPUT + 0);
    }

    /**
     * Refuses a module that it would restore though its spec or its data changed.
     *
     * @throws InvalidInputException that says what to do
     */
    public void requireTold(MavenSession session, MavenProject project) {
        if (!isTold(project) && isActive(session)) {
            throw new InvalidInputException("The Maven Build Cache extension would restore this module though its spec or its"
                    + " data changed: it does not know them. Write <extensions>true</extensions> into the <plugin> of"
                    + " ft-maven-plugin, which then tells it, or switch it off: -Dmaven.build.cache.enabled=false.");
        }
    }
}
