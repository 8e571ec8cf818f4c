package io.github.ftmaven.plugin.extension;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.NamedFiles;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;
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

    /** Lets it neither restore nor keep a module; in time before its first goal only. */
    static void leaveAlone(MavenProject project) {
        project.getProperties().setProperty(ENABLED, "false");
    }

    /**
     * Refuses a module that it would restore though its spec or its data changed.
     *
     * @throws InvalidInputException that says what to do
     */
    public void requireLeftAlone(MavenSession session, MavenProject project) {
        if (!"false".equals(project.getProperties().getProperty(ENABLED)) && isActive(session)) {
            throw new InvalidInputException(
                    "The Maven Build Cache extension would restore this module though its spec or its"
                            + " data changed: it does not know them. Write <extensions>true</extensions> into the <plugin> of"
                            + " ft-maven-plugin in pom.xml, which keeps it from that, or <" + ENABLED + ">false</"
                            + ENABLED
                            + "> into the <properties>.");
        }
    }

    /**
     * Tells it what a module is made of. It asks when it comes to the first module that depends on this one.
     *
     * @param environment the variables that a suite may name
     */
    public void tell(MavenSession session, MavenProject project, FineTune fineTune, Map<String, String> environment) {
        if (isActive(session)) {
            int number = 0;
            for (Path file : NamedFiles.all(fineTune, environment)) {
                project.getProperties().setProperty(INPUT + number++, file.toString());
            }
        }
    }
}
