package io.github.ftmaven.plugin.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.TestProject;
import io.github.ftmaven.plugin.artifact.Provenance;
import io.github.ftmaven.plugin.source.Coordinates;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.plugin.stamp.StageStamps;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ${...}} in coordinates stands for. */
class BuildPropertiesTest {
    @TempDir
    Path directory;

    private final MavenProject maven = new MavenProject();
    private final Properties user = new Properties();

    @BeforeEach
    void project() {
        maven.setGroupId("com.acme");
        maven.setArtifactId("triage");
        maven.setVersion("2.0");
        maven.getProperties().setProperty("tiny.version", "1.0");
        maven.getProperties().setProperty("kind", "zip");
    }

    @Test
    void inCoordinatesPropertiesAreReplaced() {
        assertThat(resolve("mvn:${project.groupId}:tiny:${tiny.version}:${kind}"))
                .isEqualTo("mvn:com.acme:tiny:1.0:zip");
        assertThat(resolve("mvn:g:a:${project.version}")).isEqualTo("mvn:g:a:2.0");
        user.setProperty("tiny.version", "$1");
        assertThat(resolve("mvn:g:a:${tiny.version}")).isEqualTo("mvn:g:a:$1");
        MavenProject parent = new MavenProject();
        parent.setVersion("7");
        parent.setGroupId("parent");
        maven.setParent(parent);
        assertThat(resolve("mvn:${project.parent.groupId}:a:${project.parent.version}"))
                .isEqualTo("mvn:parent:a:7");
    }

    @Test
    void nothingElseIs() {
        for (String declared : new String[] {"models/${tiny.version}", "hf:acme/${kind}@main", "${kind}"}) {
            assertThat(resolve(declared)).isEqualTo(declared);
        }
    }

    @Test
    void oneThatIsNotThereHasALineAndAColumn() throws Exception {
        TestProject project = new TestProject(directory).spec("adapter: {startFrom: 'mvn:g:a:${kin}'}\n");
        replaceModel(project, "mvn:g:tiny:${user.home}");
        assertThatThrownBy(() -> project.fineTune(directory.resolve("target/ft"), this::resolve))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("src/main/ft/fine-tune.yaml:2:10: base.model: mvn:g:tiny:${user.home}: there is no property"
                        + " user.home. Define it under properties in the POM, or set -Duser.home=….\n"
                        + "src/main/ft/fine-tune.yaml:6:22: adapter.startFrom: mvn:g:a:${kin}: there is no property"
                        + " kin."
                        + " Define it under properties in the POM, or set -Dkin=…. Did you mean 'kind'?");
    }

    @Test
    void anotherValueIsAnotherTrainingAndAnotherProvenance() throws Exception {
        TestProject project = new TestProject(directory).spec("").dataset();
        Path model = project.file("src/main/ft/model");
        for (String version : new String[] {"1.0", "1.1"}) {
            Path unpacked = Files.createDirectories(project.file("src/main/ft/mvn:g:tiny:" + version));
            for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
                Files.copy(model.resolve(name), unpacked.resolve(name));
            }
        }
        replaceModel(project, "mvn:g:tiny:${tiny.version}");
        Stamp before = training(project);
        assertThat(before.fields()).containsEntry("base.model", "mvn:g:tiny:1.0");
        FineTune first = fineTune(project);
        assertThat(first.readAgain().spec()).isEqualTo(first.spec());
        byte[] provenance = new Provenance(first, digests()).json(before, List.of());
        assertThat(Provenance.model(JsonFile.parse("provenance.json", provenance, "")))
                .isEqualTo("mvn:g:tiny:1.0");
        assertThat(new String(provenance, StandardCharsets.UTF_8)).contains("\"model\" : \"mvn:g:tiny:1.0\"");

        user.setProperty("tiny.version", "1.1");
        assertThat(training(project).changesSince(before)).isNotEmpty();
    }

    private Stamp training(TestProject project) throws Exception {
        return new StageStamps(
                        fineTune(project), digests(), new StageStamps.Compute("cpu", "", "linux-x86_64", 1, Map.of()))
                .train();
    }

    private FineTune fineTune(TestProject project) throws Exception {
        return project.fineTune(directory.resolve("target/ft"), this::resolve);
    }

    private DigestCache digests() {
        return new DigestCache(directory.resolve("digests.json"));
    }

    private static void replaceModel(TestProject project, String model) throws Exception {
        Path spec = project.file("src/main/ft/fine-tune.yaml");
        Files.writeString(spec, Files.readString(spec).replace("model: model", "model: " + model));
    }

    private String resolve(String declared) {
        return Coordinates.resolve(declared, () -> new BuildProperties(maven, user));
    }
}
