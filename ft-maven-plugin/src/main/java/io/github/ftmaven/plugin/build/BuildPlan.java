package io.github.ftmaven.plugin.build;

import java.util.List;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.lifecycle.LifecycleExecutor;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;

/** The goals that a build runs in a project, as Maven calculates them. */
public final class BuildPlan {
    private final LifecycleExecutor executor;

    @Inject
    public BuildPlan(LifecycleExecutor executor) {
        this.executor = executor;
    }

    /** The goals in their order; empty if Maven cannot calculate them. */
    public List<MojoExecution> of(MavenSession session, MavenProject project, Log log) {
        List<String> tasks = session.getGoals();
        String byDefault = project.getDefaultGoal();
        if (tasks.isEmpty() && byDefault != null) {
            tasks = List.of(byDefault.trim().split("\\s+"));
        }
        try {
            return executor.calculateExecutionPlan(session, tasks.toArray(new String[0]))
                    .getMojoExecutions();
        } catch (Exception e) { // Maven has a dozen exceptions for this; each would have ended the build earlier
            log.debug("The build plan is unknown.", e);
            return List.of();
        }
    }
}
