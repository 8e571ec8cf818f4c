package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ftmaven.plugin.source.Coordinates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.ArtifactProperties;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.junit.jupiter.api.Test;

class ModelArtifactsTest {
    private final RepositorySystem repositories = mock(RepositorySystem.class);

    /** By its type Maven tells what it takes from the classes of a module that is not packaged yet. */
    @Test
    void saysWhatTypeAnArtifactIsOf() throws Exception {
        List<String> asked = new ArrayList<>();
        when(repositories.resolveArtifact(any(), any())).thenAnswer(invocation -> {
            ArtifactRequest request = invocation.getArgument(1);
            asked.add(request.getArtifact().getProperty(ArtifactProperties.TYPE, ""));
            return new ArtifactResult(request)
                    .setArtifact(request.getArtifact().setFile(Path.of("found").toFile()));
        });
        MavenProject project = new MavenProject();
        project.setRemoteArtifactRepositories(List.of());
        var artifacts = new ModelArtifacts(repositories).of(project, new DefaultRepositorySystemSession());

        for (Coordinates coordinates : List.of(
                new Coordinates("g", "a", "1", "jar", ""),
                new Coordinates("g", "a", "1", "zip", ""),
                // In no directory of classes.
                new Coordinates("g", "a", "1", "jar", "lora"))) {
            assertThat(artifacts.resolve("key", coordinates)).isEqualTo(Path.of("found"));
        }
        assertThat(asked).containsExactly("jar", "zip", "");
    }
}
