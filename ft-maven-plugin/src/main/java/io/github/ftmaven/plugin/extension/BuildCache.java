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
 * The Maven Build Cache extension restores a module without running its goals if the sources it knows are unchanged. It
 * does not know specs or data. A module with a fine-tune is therefore excluded from it, and modules that depend on one
 * get its files as inputs.
 */
public final class BuildCache {
    /** Present in Maven 3.9 and later. Looked up by name, because this plugin is compiled for older versions. */
    private static final String STRATEGY = "org.apache.maven.plugin.MojosExecutionStrategy";

    private static final String PACKAGE = "org.apache.maven.buildcache.";
    private static final String ENABLED = "maven.build.cache.enabled";
    private static final String INPUT = "maven.build.cache.input.ft.";

    private final PlexusContainer container;
    private final String role;
    private final String implementations;

    /** Looks it up among the build's components. */
    @Inject
    public BuildCache(PlexusContainer container) {
        this(container, STRATEGY, PACKAGE);
    }

    /** The same for another component. The oldest Maven has no component with this role. */
    BuildCache(PlexusContainer container, String role, String implementations) {
        this.container = container;
        this.role = role;
        this.implementations = implementations;
    }

    /** Whether it is part of the build and not disabled on the command line. */
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

    /** Stops it from restoring or saving a module. Works only before the module's first goal. */
    static void leaveAlone(MavenProject project) {
        project.getProperties().setProperty(ENABLED, "false");
    }

    /**
     * Rejects a module that it would restore even if the spec or data changed.
     *
     * @throws InvalidInputException with advice
     */
    public void requireLeftAlone(MavenSession session, MavenProject project) {
        if (!"false".equals(project.getProperties().getProperty(ENABLED)) && isActive(session)) {
            throw new InvalidInputException(
                    "The Maven Build Cache extension would restore this module though its spec or its"
                            + " data changed: it does not know them. Write <extensions>true</extensions> into the"
                            + " <plugin> of"
                            + " ft-maven-plugin in pom.xml, which keeps it from that, or <" + ENABLED + ">false</"
                            + ENABLED
                            + "> into the <properties>.");
        }
    }

    /**
     * Tells it the inputs of a module. It reads them at the first module that depends on this one.
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
