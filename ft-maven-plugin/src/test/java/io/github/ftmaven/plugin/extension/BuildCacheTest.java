package io.github.ftmaven.plugin.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.worker.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.PlexusContainer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Maven Build Cache extension is told. The real one is in the integration test build-cache. */
class BuildCacheTest {
    @TempDir
    Path directory;

    private final MavenSession session = mock(MavenSession.class);
    private final Properties user = new Properties();
    private final MavenProject project = new MavenProject();

    @BeforeEach
    void prepare() {
        when(session.getUserProperties()).thenReturn(user);
        when(session.getSystemProperties()).thenReturn(new Properties());
        project.setFile(directory.resolve("pom.xml").toFile());
    }

    /** Maven 3.8, which these tests are compiled with, has no such thing. */
    @Test
    void isNotThereWhereMavenHasNoPlaceForIt() {
        BuildCache cache = new BuildCache(mock(PlexusContainer.class));
        assertThat(cache.isActive(session)).isFalse();
        assertThatCode(() -> cache.requireLeftAlone(session, project)).doesNotThrowAnyException();
    }

    @Test
    void aModuleThatItWasNotToldOfIsRefused() throws Exception {
        BuildCache cache = active("io.github.ftmaven.");
        assertThatThrownBy(() -> cache.requireLeftAlone(session, project))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The Maven Build Cache extension would restore this module though its spec or its data changed:"
                                + " it does not know them. Write <extensions>true</extensions> into the <plugin> of"
                                + " ft-maven-plugin in pom.xml, which keeps it from that, or"
                                + " <maven.build.cache.enabled>false</maven.build.cache.enabled> into the <properties>.");
        BuildCache.leaveAlone(project);
        assertThatCode(() -> cache.requireLeftAlone(session, project)).doesNotThrowAnyException();
        assertThat(project.getProperties()).containsOnly(Map.entry("maven.build.cache.enabled", "false"));
    }

    @Test
    void isNotActiveWhereAnotherStrategyIsOrItIsSwitchedOff() throws Exception {
        assertThat(active("org.apache.maven.buildcache.").isActive(session)).isFalse();
        BuildCache cache = active("io.github.ftmaven.");
        assertThat(cache.isActive(session)).isTrue();
        user.setProperty("maven.build.cache.enabled", "false");
        assertThat(cache.isActive(session)).isFalse();
    }

    private BuildCache active(String implementations) throws Exception {
        PlexusContainer container = mock(PlexusContainer.class);
        when(container.lookup(Runnable.class)).thenReturn(new Strategy());
        return new BuildCache(container, Runnable.class.getName(), implementations);
    }

    private static final class Strategy implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void onlyModulesWithThePluginAreKeptFromIt() throws Exception {
        Plugin plugin = new Plugin();
        plugin.setGroupId(Versions.current().group());
        plugin.setArtifactId("ft-maven-plugin");
        project.getBuild().addPlugin(plugin);
        MavenProject other = new MavenProject();
        when(session.getProjects()).thenReturn(List.of(project, other));

        new BuildCacheParticipant(active("org.apache.maven.buildcache.")).afterProjectsRead(session);
        assertThat(project.getProperties()).isEmpty();

        new BuildCacheParticipant(active("io.github.ftmaven.")).afterProjectsRead(session);
        assertThat(project.getProperties()).containsOnly(Map.entry("maven.build.cache.enabled", "false"));
        assertThat(other.getProperties()).isEmpty();
    }

    @Test
    void isToldEveryFileThatTheSpecNames() throws Exception {
        new TestProject(directory.resolve("p")).spec("""
                adapter:
                  startFrom: ../../../../shared/first
                evaluation:
                  baselines:
                    - {prompt: prompt.txt}
                    - {rag: {passages: ['passages/*.txt']}}
                  retention: general.txt
                  schema: answer.json
                  suite: suite.yaml
                """);
        for (String name : Set.of(
                "shared/first/adapter_config.json",
                "p/src/main/ft/prompt.txt",
                "p/src/main/ft/passages/one.txt",
                "p/src/main/ft/general.txt",
                "p/src/main/ft/answer.json")) {
            write(name, "{}");
        }
        write("p/src/main/ft/suite.yaml", "not: [valid");
        FineTune fineTune = FineTune.read(
                directory.resolve("p"),
                directory.resolve("p/src/main/ft/fine-tune.yaml"),
                directory.resolve("p/target"),
                UnaryOperator.identity());

        active("org.apache.maven.buildcache.").tell(session, project, fineTune, Map.of());
        assertThat(project.getProperties()).isEmpty();
        active("io.github.ftmaven.").tell(session, project, fineTune, Map.of());
        assertThat(project.getProperties().stringPropertyNames())
                .allMatch(name -> name.matches("maven\\.build\\.cache\\.input\\.ft\\.[0-9]+"));
        assertThat(project.getProperties().values().stream()
                        .map(file ->
                                directory.relativize(Path.of((String) file)).toString()))
                .containsExactlyInAnyOrder(
                        "p/src/main/ft/answer.json",
                        "p/src/main/ft/data/test.jsonl",
                        "p/src/main/ft/data/train.jsonl",
                        "p/src/main/ft/fine-tune.yaml",
                        "p/src/main/ft/general.txt",
                        "p/src/main/ft/model/config.json",
                        "p/src/main/ft/model/model.safetensors",
                        "p/src/main/ft/model/tokenizer.json",
                        "p/src/main/ft/model/tokenizer_config.json",
                        "p/src/main/ft/passages/one.txt",
                        "p/src/main/ft/prompt.txt",
                        "p/src/main/ft/suite.yaml",
                        "shared/first/adapter_config.json");
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
