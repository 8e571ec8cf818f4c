package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Targets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@EveryLocale
class ServingTest {
    private static final Targets TARGETS = new Targets(false, List.of("q_proj"));

    @Test
    void writesADockerfileForAnAdapter() {
        assertThat(Serving.dockerfile(
                        "clause-triage",
                        new PublishedBase("org/base", "c0ffee"),
                        config(new LoraSelection(TARGETS, 20, 40), false),
                        true))
                .isEqualTo("""
                        # docker build -t clause-triage . && docker run --gpus all -p 8000:8000 clause-triage
                        # vLLM downloads the base at startup; for a private base add -e HF_TOKEN.
                        FROM vllm/vllm-openai:v0.11.0
                        COPY adapter_config.json adapter_model.safetensors generation_config.json chat_template.jinja /adapter/
                        ENTRYPOINT ["vllm", "serve", "org/base", "--revision", "c0ffee", \\
                            "--enable-lora", "--max-lora-rank", "32", \\
                            "--lora-modules", "clause-triage=/adapter", \\
                            "--chat-template", "/adapter/chat_template.jinja", "--generation-config", "/adapter", \
                        "--override-generation-config", "{\\"temperature\\": 0}"]
                        """);
    }

    @Test
    void copiesABaseThatNothingCanFetch() {
        PeftConfig config = config(new LoraSelection(TARGETS, 8, 16), false);
        assertThat(Serving.dockerfile("t", new PublishedBase("mvn:com.acme:tiny:1.0:zip", null), config, false))
                .contains("""
                        # Put the base's directory beside this file as base: mvn dependency:unpack \
                        -Dartifact=com.acme:tiny:1.0:zip -DoutputDirectory=base
                        FROM vllm/vllm-openai:v0.11.0
                        COPY base /base/
                        COPY adapter_config.json adapter_model.safetensors generation_config.json /adapter/
                        ENTRYPOINT ["vllm", "serve", "/base", \\
                        """);
        assertThat(Serving.dockerfile("t", new PublishedBase("/home/me/models/tiny", null), config, false))
                .contains("# Put the base's directory, tiny, beside this file as base.\n", "\"serve\", \"/base\"")
                .doesNotContain("home");
    }

    @Test
    void itsEntryPointIsJson() throws IOException {
        String dockerfile = Serving.dockerfile(
                "t", new PublishedBase("org/base", "c0ffee"), config(new LoraSelection(TARGETS, 8, 16), false), false);
        // Docker joins the lines first; without a JSON array it would run a shell.
        String command = dockerfile.replace("\\\n", "").split("ENTRYPOINT ", 2)[1];
        assertThat(Stream.of(new ObjectMapper().readValue(command, String[].class)))
                .containsExactly(
                        "vllm",
                        "serve",
                        "org/base",
                        "--revision",
                        "c0ffee",
                        "--enable-lora",
                        "--max-lora-rank",
                        "16",
                        "--lora-modules",
                        "t=/adapter",
                        "--generation-config",
                        "/adapter",
                        "--override-generation-config",
                        "{\"temperature\": 0}");
    }

    @Test
    void writesNoneForWhatVllmCannotServe() {
        LoraSelection selection = new LoraSelection(TARGETS, 8, 16);
        refuses(selection, true, "vLLM cannot load it: it does not support DoRA.");
        refuses(
                new LoraSelection(TARGETS, 513, 16),
                false,
                "vLLM cannot load it: the highest `--max-lora-rank` is 512, and its rank is 513.");
        refuses(
                new LoraSelection(TARGETS, TARGETS, List.of(), 8, 16, false, Map.of("q_proj", 4), Map.of()),
                false,
                "vLLM must not load it: it silently ignores different ranks and alphas for some modules.");
    }

    private static void refuses(LoraSelection selection, boolean dora, String why) {
        assertThatThrownBy(() -> Serving.dockerfile("t", new PublishedBase("b", null), config(selection, dora), false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("artifact.docker: vllm: " + why + " Add merged to artifact.formats.");
    }

    private static PeftConfig config(LoraSelection selection, boolean dora) {
        return new PeftConfig(null, null, selection, 0, dora);
    }
}
