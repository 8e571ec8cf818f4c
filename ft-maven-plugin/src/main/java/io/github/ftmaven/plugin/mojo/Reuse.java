package io.github.ftmaven.plugin.mojo;

import org.apache.maven.project.MavenProject;

/** What this build did not do again, for later goals of the same build to tell. */
record Reuse(MavenProject project) {
    static Reuse of(MavenProject project) {
        return new Reuse(project);
    }

    void record(String goal, boolean reused) {
        project.setContextValue(key(goal), reused);
    }

    boolean reused(String goal) {
        return Boolean.TRUE.equals(project.getContextValue(key(goal)));
    }

    private static String key(String goal) {
        return "io.github.ftmaven:" + goal + ":reused";
    }
}
