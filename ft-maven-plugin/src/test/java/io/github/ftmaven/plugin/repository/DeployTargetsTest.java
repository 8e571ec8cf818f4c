package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.repository.DeployTargets.Target;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import org.apache.maven.model.DeploymentRepository;
import org.apache.maven.model.DistributionManagement;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class DeployTargetsTest {
    private final MavenProject project = new MavenProject();
    private final Properties user = new Properties();

    @Test
    void aProjectMayNameNone() {
        assertThat(targets()).isEmpty();
        project.setDistributionManagement(new DistributionManagement());
        assertThat(targets()).isEmpty();
    }

    @Test
    void namesThatOfDistributionManagement() {
        distribution();
        assertThat(targets()).containsExactly(new Target("releases", "https://repo.acme.com/releases"));
    }

    @Test
    void alternativesOfTheDeployPluginCountToo() {
        distribution();
        project.getProperties().setProperty("altReleaseDeploymentRepository", "pom::https://repo.acme.com/pom");
        user.setProperty("altDeploymentRepository", "staging::default::file:///tmp/staging");
        assertThat(targets())
                .containsExactly(
                        new Target("pom", "https://repo.acme.com/pom"),
                        new Target("staging", "file:///tmp/staging"),
                        new Target("releases", "https://repo.acme.com/releases"));

        user.setProperty("altReleaseDeploymentRepository", "user::https://repo.acme.com/user");
        assertThat(targets()).contains(new Target("user", "https://repo.acme.com/user"));
    }

    @Test
    void theConfigurationOfTheDeployPluginStandsBeforeProperties() throws Exception {
        user.setProperty("altDeploymentRepository", "user::https://repo.acme.com/user");
        configure("<altDeploymentRepository>pom::https://repo.acme.com/pom</altDeploymentRepository>");
        assertThat(targets()).containsExactly(new Target("pom", "https://repo.acme.com/pom"));
    }

    @Test
    void aReferenceThatNobodyResolvesIsNoRepository() throws Exception {
        configure("<altDeploymentRepository>${nobody}</altDeploymentRepository>");
        assertThat(targets()).isEmpty();
    }

    @Test
    void refusesWhatTheDeployPluginRefuses() {
        user.setProperty("altDeploymentRepository", "https://repo.acme.com/releases");
        assertThatThrownBy(this::targets)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("altDeploymentRepository is https://repo.acme.com/releases: not a repository, so this build"
                        + " cannot look for releases there. Write ID::URL.");
    }

    private void distribution() {
        DeploymentRepository repository = new DeploymentRepository();
        repository.setId("releases");
        repository.setUrl("https://repo.acme.com/releases");
        DistributionManagement distribution = new DistributionManagement();
        distribution.setRepository(repository);
        project.setDistributionManagement(distribution);
    }

    private void configure(String configuration) throws Exception {
        Plugin plugin = new Plugin();
        plugin.setGroupId("org.apache.maven.plugins");
        plugin.setArtifactId("maven-deploy-plugin");
        plugin.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration>" + configuration + "</configuration>")));
        project.getBuild().addPlugin(plugin);
    }

    private List<Target> targets() {
        return DeployTargets.of(project, user);
    }
}
