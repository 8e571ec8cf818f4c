package io.github.ftmaven.plugin.extension;

import io.github.ftmaven.runtime.worker.Versions;
import javax.inject.Inject;
import org.apache.maven.AbstractMavenLifecycleParticipant;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;

/**
 * Excludes modules with a fine-tune from the Maven Build Cache extension before it processes the first one. It is
 * declared in {@code META-INF/plexus/components.xml}, so that it works if this plugin is loaded with
 * {@code <extensions>true</extensions>}.
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
