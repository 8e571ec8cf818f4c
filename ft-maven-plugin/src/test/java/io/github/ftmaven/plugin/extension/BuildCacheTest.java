package io.github.ftmaven.plugin.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.PlexusContainer;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
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
        assertThatCode(() -> cache.requireTold(session, project)).doesNotThrowAnyException();
    }

    @Test
    void aModuleThatItWasNotToldOfIsRefused() throws Exception {
        BuildCache cache = active("io.github.ftmaven.");
        assertThatThrownBy(() -> cache.requireTold(session, project))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("The Maven Build Cache extension would restore this module though its spec or its data changed:"
                        + " it does not know them. Write <extensions>true</extensions> into the <plugin> of"
                        + " ft-maven-plugin, which then tells it, or switch it off: -Dmaven.build.cache.enabled=false.");
        // Modules that depend on this one would still be restored.
        project.getProperties().setProperty("maven.build.cache.enabled", "false");
        assertThatThrownBy(() -> cache.requireTold(session, project)).isInstanceOf(InvalidInputException.class);

        BuildCache.tell(project, Set.of(directory.resolve("a.yaml")));
        assertThatCode(() -> cache.requireTold(session, project)).doesNotThrowAnyException();
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
    void isToldToLeaveAModuleAloneAndWhatDependsOnIt() {
        BuildCache.tell(project, Set.of(directory.resolve("a.yaml")));
        assertThat(project.getProperties())
                .containsOnly(
                        Map.entry("maven.build.cache.enabled", "false"),
                        Map.entry(
                                "maven.build.cache.input.ft.0",
                                directory.resolve("a.yaml").toString()));
    }

    @Test
    void knowsEveryFileThatTheSpecNames() throws IOException {
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
        project.setFile(directory.resolve("p/pom.xml").toFile());

        Path spec = directory.resolve("p/src/main/ft/fine-tune.yaml");
        assertThat(BuildCacheParticipant.files(project, Set.of(spec), Map.of())
                        .stream()
                        .map(file -> directory.relativize(file).toString()))
                .containsExactly(
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

    @Test
    void aSpecThatIsNotValidIsAFileAllTheSame() {
        Path spec = directory.resolve("none.yaml");
        assertThat(BuildCacheParticipant.files(project, Set.of(spec), Map.of())).containsExactly(spec);
    }

    @Test
    void findsSpecsWhereTheGoalsDo() throws Exception {
        Plugin plugin = new Plugin();
        assertThat(SpecLocations.of(plugin, project, session))
                .containsExactly(directory.resolve("src/main/ft/fine-tune.yaml"));
        project.getProperties().setProperty("ft.spec", "of-the-pom.yaml");
        assertThat(SpecLocations.of(plugin, project, session)).containsExactly(directory.resolve("of-the-pom.yaml"));
        user.setProperty("ft.spec", "of-the-user.yaml");
        assertThat(SpecLocations.of(plugin, project, session)).containsExactly(directory.resolve("of-the-user.yaml"));

        PluginExecution execution = new PluginExecution();
        execution.setConfiguration(dom("<configuration><spec> one.yaml </spec></configuration>"));
        plugin.addExecution(execution);
        plugin.setConfiguration(dom("<configuration><spec>/two.yaml</spec></configuration>"));
        assertThat(SpecLocations.of(plugin, project, session))
                .containsExactlyInAnyOrder(directory.resolve("one.yaml"), Path.of("/two.yaml"));
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static Xpp3Dom dom(String xml) throws Exception {
        return Xpp3DomBuilder.build(new StringReader(xml));
    }
}
