package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.source.Artifacts;
import io.github.ftmaven.plugin.source.Coordinates;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.execution.ProjectDependencyGraph;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class ModuleArtifactsTest {
    private static final Coordinates BASE = new Coordinates("g", "base", "1", "zip", "");

    private final MavenProject project = module("project");
    private final MavenProject base = module("base");
    private final MavenSession session = mock(MavenSession.class);
    private final ProjectDependencyGraph graph = mock(ProjectDependencyGraph.class);
    private final Path file = Path.of("base.zip");
    private boolean packaged = true;

    @Test
    void aModuleThatIsNoDependencyMayBeBuiltLater() {
        build(List.of());
        String message =
                "base.model: mvn:g:base:1:zip is a module of this build, but this module does not depend on it, so"
                        + " Maven may build it later. Declare it as a <dependency> with <scope>provided</scope>, so"
                        + " that it is not passed on.";
        assertThatThrownBy(() -> artifacts().resolve("base.model", BASE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> artifacts().local("base.model", BASE)).hasMessage(message);
    }

    @Test
    void aDependencyIsTakenFromTheBuild() throws IOException {
        build(List.of(base));
        assertThat(artifacts().resolve("base.model", BASE)).isEqualTo(file);
        assertThat(artifacts().local("base.model", BASE)).contains(file);
        packaged = false;
        assertThatThrownBy(() -> artifacts().resolve("base.model", BASE))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "base.model: mvn:g:base:1:zip is a module of this build that has not packaged it yet. Run mvn"
                                + " package or a later phase.");
    }

    @Test
    void whatIsNoModuleAndWhatTheProjectMadeItselfIsTakenFromRepositories() throws IOException {
        build(List.of());
        assertThat(artifacts().resolve("base.model", new Coordinates("g", "base", "2", "zip", "")))
                .isEqualTo(file);
        assertThat(artifacts().resolve("adapter.startFrom", new Coordinates("g", "project", "1", "jar", "")))
                .isEqualTo(Path.of("released"));
    }

    private void build(List<MavenProject> upstream) {
        when(session.getProjects()).thenReturn(List.of(project, base));
        when(session.getProjectDependencyGraph()).thenReturn(graph);
        when(graph.getUpstreamProjects(project, true)).thenReturn(upstream);
    }

    private Artifacts artifacts() {
        return new ModuleArtifacts(project, session, artifacts(file), artifacts(Path.of("released")));
    }

    private Artifacts artifacts(Path found) {
        return new Artifacts() {
            @Override
            public Optional<Path> local(String key, Coordinates coordinates) {
                return Optional.of(found);
            }

            @Override
            public Path resolve(String key, Coordinates coordinates) throws UnavailableException {
                if (!packaged) {
                    throw new UnavailableException("not found", new IOException());
                }
                return found;
            }
        };
    }

    private static MavenProject module(String artifactId) {
        MavenProject module = new MavenProject();
        module.setGroupId("g");
        module.setArtifactId(artifactId);
        module.setVersion("1");
        return module;
    }
}
