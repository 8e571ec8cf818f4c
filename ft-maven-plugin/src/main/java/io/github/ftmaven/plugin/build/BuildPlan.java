package io.github.ftmaven.plugin.build;

import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;

/** What a build does with a project, as Maven calculates it. */
public final class BuildPlan {
    private final LifecycleExecutor executor;

    @Inject
    public BuildPlan(LifecycleExecutor executor) {
        this.executor = executor;
    }

    /** The goals in their order; empty where Maven cannot tell. */
    public List<MojoExecution> of(MavenSession session, MavenProject project, Log log) {
        List<String> tasks = session.getGoals();
        String byDefault = project.getDefaultGoal();
        if (tasks.isEmpty() && byDefault != null) {
            tasks = List.of(byDefault.trim().split("\\s+"));
        }
        try {
            return executor.calculateExecutionPlan(session, tasks.toArray(new String[0]))
                    .getMojoExecutions();
        } catch (Exception e) { // a dozen of Maven's, of which each would have ended the build before
            log.debug("The plan of the build is not known.", e);
            return List.of();
        }
    }
}
