package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.plugin.stamp.Program;
import io.github.ftmaven.runtime.worker.Versions;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;

/**
 * The class path of a worker, resolved on demand: ft-runtime with its dependencies, and the native libraries for this
 * platform. These are not dependencies of the plugin. Goals that compute nothing therefore never download them, and
 * Maven's own process cannot load the engine.
 */
public final class WorkerClassPath {
    private static final String ENGINE = "ai.djl.pytorch";

    private final RepositorySystem repositories;

    /** Creates it for Maven. */
    @Inject
    public WorkerClassPath(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /**
     * Resolves the class path.
     *
     * @param device {@code cpu}, or {@code cuda}, for which the user supplies libtorch
     * @param modules more modules of this project, for what a spec names
     * @throws DependencyResolutionException if something can neither be found nor downloaded
     */
    public List<Path> resolve(
            MavenProject project,
            RepositorySystemSession session,
            Versions versions,
            Platform platform,
            String device,
            Set<String> modules)
            throws DependencyResolutionException {
        CollectRequest collect = new CollectRequest();
        collect.setRepositories(remotes(project));
        DependencyRequest request = new DependencyRequest(collect, null);
        Dependency engine = runtime(versions.group(), "ft-runtime", "", versions.plugin());
        collect.addDependency(engine);
        try {
            optional(engine.getArtifact(), session, collect.getRepositories()).forEach(collect::addDependency);
        } catch (ArtifactDescriptorException e) {
            throw new DependencyResolutionException(new DependencyResult(request), e);
        }
        collect.addDependency(runtime(ENGINE, "pytorch-jni", "", versions.jni()));
        modules.forEach(module -> collect.addDependency(runtime(versions.group(), module, "", versions.plugin())));
        if (device.equals("cpu")) {
            collect.addDependency(runtime(ENGINE, "pytorch-native-cpu", platform.classifier(), versions.libtorch()));
        }
        return repositories.resolveDependencies(session, request).getArtifactResults().stream()
                .map(ArtifactResult::getArtifact)
                .map(artifact -> ownJar(artifact, engine.getArtifact())
                        .orElseGet(() -> artifact.getFile().toPath()))
                .toList();
    }

    /** What a training on Spark needs besides. */
    public SparkJars spark(MavenProject project, RepositorySystemSession session, Versions versions) {
        return new SparkJars(repositories, session, remotes(project), versions);
    }

    /**
     * The plugin's jar has ft-runtime in it. The worker runs that one, so that a snapshot of the plugin never works with
     * another snapshot of ft-runtime.
     */
    private static Optional<Path> ownJar(Artifact artifact, Artifact runtime) {
        return artifact.getArtifactId().equals(runtime.getArtifactId())
                        && artifact.getGroupId().equals(runtime.getGroupId())
                ? Program.jar()
                : Optional.empty();
    }

    /** Optional dependencies of ft-runtime, which programs that only run a model do not need. */
    private List<Dependency> optional(
            Artifact artifact, RepositorySystemSession session, List<RemoteRepository> remotes)
            throws ArtifactDescriptorException {
        return repositories
                .readArtifactDescriptor(session, new ArtifactDescriptorRequest(artifact, remotes, null))
                .getDependencies()
                .stream()
                .filter(Dependency::isOptional)
                .toList();
    }

    private static Dependency runtime(String group, String artifact, String classifier, String version) {
        return new Dependency(new DefaultArtifact(group, artifact, classifier, "jar", version), "runtime");
    }

    /** The repositories of plugins and of the project's dependencies. */
    static List<RemoteRepository> remotes(MavenProject project) {
        Set<RemoteRepository> remotes = new LinkedHashSet<>(project.getRemotePluginRepositories());
        remotes.addAll(project.getRemoteProjectRepositories());
        return List.copyOf(remotes);
    }
}
