package io.github.ftmaven.plugin.inputs;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.Locator;
import io.github.ftmaven.plugin.build.UserHome;
import io.github.ftmaven.plugin.repository.ModelArtifacts;
import io.github.ftmaven.plugin.source.Coordinates;
import io.github.ftmaven.plugin.source.DataSources;
import io.github.ftmaven.plugin.source.Sources;
import io.github.ftmaven.runtime.hub.Hub;
import io.github.ftmaven.runtime.hub.HubSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Finds the models, adapters and data that specs and parameters refer to. */
public final class InputFiles {
    private static final String COMMITS = "io.github.ftmaven:commits";

    private final ModelArtifacts artifacts;

    @Inject
    public InputFiles(ModelArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    /**
     * What the search needs to know of the goal.
     *
     * @param cacheDirectory {@code ft.cacheDirectory}
     */
    public record Goal(
            MavenProject project, MavenSession session, Log log, boolean allowFloatingRevision, File cacheDirectory) {
        /**
         * The version of the release being built, for which every reference must be pinned; null if this build is not a
         * release.
         */
        @Nullable
        String release() {
            return allowFloatingRevision || Coordinates.isSnapshot(project.getVersion()) ? null : project.getVersion();
        }
    }

    /** Brings everything the fine-tune refers to onto this machine. */
    public FineTune fetch(Goal goal, FineTune fineTune, boolean weights) throws IOException {
        return fineTune.locate(
                sources(goal, goal.release(), directory(fineTune), true), data(goal, fineTune, true), weights);
    }

    /**
     * The same, without the network.
     *
     * @throws io.github.ftmaven.plugin.NotHereException if something is not on this machine
     */
    public FineTune find(Goal goal, FineTune fineTune, boolean weights) throws IOException {
        return fineTune.locate(
                sources(goal, goal.release(), directory(fineTune), false), data(goal, fineTune, false), weights);
    }

    /**
     * The same without its data.
     *
     * @throws io.github.ftmaven.plugin.NotHereException if a model or an adapter is not on this machine
     */
    public FineTune findModels(Goal goal, FineTune fineTune, boolean weights) throws IOException {
        return fineTune.locate(
                sources(goal, goal.release(), directory(fineTune), false), (place, declared) -> List.of(), weights);
    }

    /**
     * Finds a model that something other than the spec refers to. Paths are relative to the spec.
     *
     * @param fetch whether it may be fetched
     * @throws io.github.ftmaven.plugin.NotHereException if it is not on this machine and may not be fetched
     */
    Located locate(Goal goal, FineTune fineTune, String key, String declared, Locator.Kind kind, boolean fetch)
            throws IOException {
        return sources(goal, goal.release(), directory(fineTune), fetch).locate(key, declared, kind);
    }

    /** Fetches what a parameter refers to, relative to the current directory, for goals that release nothing. */
    public Located fetch(Goal goal, String property, String declared, Locator.Kind kind) throws IOException {
        return sources(goal, null, new Sources.Directory(Path.of(""), path -> path), true)
                .locate("-D" + property, declared, kind);
    }

    private static Sources.Directory directory(FineTune fineTune) {
        return new Sources.Directory(fineTune.specDirectory(), path -> Path.of(fineTune.shown(path)));
    }

    private DataSources data(Goal goal, FineTune fineTune, boolean fetch) {
        return new DataSources(
                () -> hub(goal),
                artifacts.of(goal.project(), goal.session()),
                new DataSources.Settings(
                        fetch,
                        goal.allowFloatingRevision(),
                        goal.release(),
                        goal.cacheDirectory().toPath().resolve("data"),
                        commits(goal.session()),
                        fineTune::shown));
    }

    private static Hub hub(Goal goal) {
        return new Hub(
                HubSettings.of(
                        System.getenv(),
                        UserHome.directory(goal.cacheDirectory().toPath()),
                        goal.session().isOffline()),
                new Downloads(goal.log(), System::nanoTime));
    }

    private Sources sources(Goal goal, @Nullable String release, Sources.Directory directory, boolean fetch) {
        return new Sources(
                directory,
                () -> hub(goal),
                artifacts.of(goal.project(), goal.session()),
                new Sources.Settings(
                        fetch,
                        goal.allowFloatingRevision(),
                        release,
                        goal.cacheDirectory().toPath().resolve("models"),
                        commits(goal.session()),
                        goal.log()::warn));
    }

    /**
     * The commits of branches, shared by all goals of a build, so that a branch that moves during the build has no
     * effect.
     */
    @SuppressWarnings("unchecked")
    private static Map<String, String> commits(MavenSession session) {
        return (Map<String, String>)
                session.getRequest().getData().computeIfAbsent(COMMITS, key -> new ConcurrentHashMap<String, String>());
    }
}
