package io.github.ftmaven.plugin.extension;

import io.github.ftmaven.runtime.worker.Versions;
import javax.inject.Inject;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Keeps the Maven Build Cache extension from the modules with a fine-tune before it looks at the first one. Declared in
 * {@code META-INF/plexus/components.xml}, so that it works where this plugin is loaded with {@code
 * <extensions>true</extensions>}.
 */
public final class BuildCacheParticipant extends AbstractMavenLifecycleParticipant {
    private static final String PLUGIN = Plugin.constructKey(Versions.current().group(), "ft-maven-plugin");

    private final BuildCache cache;

    @Inject
    BuildCacheParticipant(BuildCache cache) {
        this.cache = cache;
    }

    @Override
    public void afterProjectsRead(MavenSession session) {
        if (cache.isActive(session)) {
            for (MavenProject project : session.getProjects()) {
                if (project.getPlugin(PLUGIN) != null) {
                    BuildCache.leaveAlone(project);
                }
            }
        }
    }
}
