package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
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
    @InjectMojo(goal = "distill", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void distill(DistillMojo mojo) throws Exception {
        assertThat(mojo.dryRun).isFalse();
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "monitor", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void monitor(MonitorMojo mojo) throws Exception {
        assertThat(mojo.onDrift).isEqualTo("warn");
        assertThat(mojo.candidatesCount).isEqualTo(50);
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
    @InjectMojo(goal = "explain", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void explain(ExplainMojo mojo) throws Exception {
        assertThat(mojo.trustCache).isTrue();
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "plan", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void plan(PlanMojo mojo) throws Exception {
        assertThat(mojo.jvm).isNull();
        assertWired(mojo);
    }

    @Test
    @InjectMojo(goal = "import", pom = POM)
    @MojoParameter(name = "from", value = "axolotl.yml")
    @MojoParameter(name = "skip", value = "true")
    void importing(ImportMojo mojo) throws Exception {
        assertThat(mojo.from).hasName("axolotl.yml");
        assertThat(mojo.spec).hasName("fine-tune.yaml");
        assertThat(mojo.overwrite).isFalse();
        mojo.execute();
    }

    @Test
    @InjectMojo(goal = "promptfoo", pom = POM)
    @MojoParameter(name = "skip", value = "true")
    void promptfoo(PromptfooMojo mojo) throws Exception {
        assertThat(mojo.suite).extracting(File::getName).containsExactly("promptfooconfig.yaml");
        assertThat(mojo.passRate).isEqualTo(100);
        mojo.execute();
    }

    @Test
    @InjectMojo(goal = "render", pom = POM)
    @MojoParameter(name = "model", value = "hf:acme/base@main")
    @MojoParameter(name = "messages", value = "talk.json")
    @MojoParameter(name = "skip", value = "true")
    void render(RenderMojo mojo) throws Exception {
        assertThat(mojo.model).isEqualTo("hf:acme/base@main");
        assertThat(mojo.messages).hasName("talk.json");
        assertThat(mojo.template).isNull();
        assertThat(mojo.addGenerationPrompt).isFalse();
        assertThat(mojo.tokens).isFalse();
        assertMade(mojo);
    }

    @Test
    @InjectMojo(goal = "generate", pom = POM)
    @MojoParameter(name = "model", value = "hf:acme/base@main")
    @MojoParameter(name = "prompt", value = "Once")
    @MojoParameter(name = "skip", value = "true")
    void generate(GenerateMojo mojo) throws Exception {
        assertThat(mojo.prompt).isEqualTo("Once");
        assertThat(mojo.adapter).isNull();
        assertThat(mojo.ignoreKeys).isEmpty();
        assertThat(mojo.maxTokens).isEqualTo(64);
        assertThat(mojo.device).isEqualTo("auto");
        assertThat(mojo.threads).isZero();
        assertMade(mojo);
    }

    @Test
    @InjectMojo(goal = "help", pom = POM)
    void help(AbstractMojo mojo) {
        assertThat(mojo).isInstanceOf(HelpMojo.class);
    }

    @Test
    void everyGoalIsHere() throws Exception {
        Set<String> goals = new TreeSet<>();
        try (InputStream in = WiringTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
            new PluginDescriptorBuilder()
                    .build(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getMojos()
                    .forEach(mojo -> goals.add(mojo.getGoal()));
        }
        assertThat(Arrays.stream(WiringTest.class.getDeclaredMethods())
                        .flatMap(method -> Arrays.stream(method.getAnnotationsByType(InjectMojo.class)))
                        .map(InjectMojo::goal))
                .containsExactlyInAnyOrderElementsOf(goals);
    }

    /** Skipped, for the container here has no repositories to ask for its model. */
    private static void assertMade(ModelMojo mojo) throws Exception {
        mojo.execute();
        assertThat(mojo.allowFloatingRevision).isFalse();
        assertThat(mojo.cacheDirectory).hasName("ft-cache").isAbsolute();
        assertThat(mojo.project).isNotNull();
        assertThat(mojo.session).isNotNull();
        assertThat(mojo.mojoExecution).isNotNull();
    }

    private static void assertWired(FtMojo mojo) throws Exception {
        assertThat(mojo.spec).hasName("fine-tune.yaml").isAbsolute();
        assertThat(mojo.outputDirectory)
                .hasName("ft")
                .hasParent(mojo.project.getBuild().getDirectory());
        mojo.execute();
    }
}
