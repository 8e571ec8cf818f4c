package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.AbstractMojo;
import org.junit.jupiter.api.Test;

/** Every goal can be made by the oldest Maven's container, with its parameters and what it needs injected. */
@MojoTest
class WiringTest {
    private static final String POM = "src/test/resources/projects/adapter/pom.xml";

    @Test
    @InjectMojo(goal = "validate", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void validate(ValidateMojo mojo) throws Exception {
        assertThat(mojo.mojoExecution).isNotNull();
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "dataset", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void dataset(DatasetMojo mojo) throws Exception {
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "train", pom = "src/test/resources/projects/cuda/pom.xml")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "threads", value = "3")
    void train(TrainMojo mojo) throws Exception {
        assertThat(mojo.device).isEqualTo("cuda");
        assertThat(mojo.threads).isEqualTo(3);
        assertThat(mojo.forkedProcessTimeoutInSeconds).isZero();
        assertThat(mojo.environmentVariables).containsEntry("CUDA_VISIBLE_DEVICES", "1");
        assertThat(mojo.cacheDirectory.toPath()).endsWithRaw(Path.of(".m2/ft-cache"));
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "package", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void packaging(PackageMojo mojo) throws Exception {
        assertThat(mojo.classifier).isNull();
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "evaluate", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void evaluate(EvaluateMojo mojo) throws Exception {
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "check", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void check(CheckMojo mojo) throws Exception {
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "fetch", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void fetch(FetchMojo mojo) throws Exception {
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "help", pom = POM)
    void help(AbstractMojo mojo) {
        assertThat(mojo).isInstanceOf(HelpMojo.class);
    }

    private static void assertWired(FtMojo mojo) throws Exception {
        assertThat(mojo.spec).hasName("fine-tune.yaml").isAbsolute();
        assertThat(mojo.outputDirectory)
                .hasName("ft")
                .hasParent(mojo.project.getBuild().getDirectory());
        mojo.execute();
    }
}
