package io.github.ftmaven.plugin.extension;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.NamedFiles;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.inject.Inject;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Tells the Maven Build Cache extension of the modules with a fine-tune before it looks at the first one. Declared in {@code
 * META-INF/plexus/components.xml}, so that it works where this plugin is loaded with {@code <extensions>true</extensions>}.
 */
public final class BuildCacheParticipant extends AbstractMavenLifecycleParticipant {
    private static final String PLUGIN = "io.github.ftmaven:ft-maven-plugin";

    private final BuildCache cache;

    @Inject
    BuildCacheParticipant(BuildCache cache) {
        this.cache = cache;
    }

    @Override
    public void afterProjectsRead(MavenSession session) {
        if (!cache.isActive(session)) {
            return;
        }
        for (MavenProject project : session.getProjects()) {
            Plugin plugin = project.getPlugin(PLUGIN);
            if (plugin != null) {
                BuildCache.tell(project, files(project, SpecLocations.of(plugin, project, session), System.getenv()));
            }
        }
    }

    /** The specs, whether they are there or not, and what they name. */
    static Set<Path> files(MavenProject project, Set<Path> specs, Map<String, String> environment) {
        Set<Path> files = new TreeSet<>(specs);
        Path directory = project.getBasedir().toPath().toAbsolutePath().normalize();
        for (Path spec : specs) {
            try {
                FineTune fineTune = FineTune.read(directory, spec, directory);
                files.addAll(NamedFiles.all(fineTune, environment));
            } catch (InvalidInputException e) {
                // The first goal says so.
            }
        }
        return files;
    }
}
