package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.EveryLocale;
import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.chat.NamedToken;
import io.github.ftmaven.runtime.dataset.Distilled;
import io.github.ftmaven.runtime.spec.Gguf;
import io.github.ftmaven.runtime.spec.Licenses;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.Quantization;
import io.github.ftmaven.runtime.spec.Targets;
import io.github.ftmaven.runtime.spec.TestSpec;
import io.github.ftmaven.runtime.spec.TrainingSpec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

@EveryLocale
class ModelCardTest {
    @Test
    void tellsBaseDataMethodAndUse() {
        assertThat(ModelCard.render(facts(Method.LORA, 16, "Qwen/Qwen2.5-0.5B-Instruct", "Answer:\n```\nA|B")))
                .isEqualTo("""
                        ---
                        base_model: "Qwen/Qwen2.5-0.5B-Instruct"
                        library_name: peft
                        pipeline_tag: text-generation
                        tags:
                        - lora
                        ---

                        # clause-triage

                        A LoRA adapter of **Qwen/Qwen2.5-0.5B-Instruct**, trained by ft-maven-plugin.

                        ## Base model

                        `Qwen/Qwen2.5-0.5B-Instruct` at revision `c0ffee`, whose weights have the SHA-256 `0a`.

                        ## Data

                        | split | examples | tokens | answer tokens | SHA-256 |
                        |---|--:|--:|--:|---|
                        | train | 100 | 2000 | 300 | `1b` |
                        | test | 10 | 200 | 30 | `2c` |

                        ## Prompt format

                        The built-in template `chatml` renders conversations. A conversation without a system message gets this one:

                            Answer:
                            ```
                            A|B

                        A question and its answer become this text:

                            <|im_start|>user
                            {question}<|im_end|>
                            <|im_start|>assistant
                            {answer}<|im_end|>

                        Labels are spelled in words: `card arrival` for `card_arrival`.

                        An answer ends with the token `<|im_end|>` (7), at which the base model does not stop by default. \
                        Answers were measured with greedy decoding and at most 9 new tokens. `generation_config.json` tells transformers \
                        and vLLM where to stop, and `chat_template.jinja` replaces the base model's template.

                        ## Method

                        | | |
                        |---|---|
                        | method | LoRA |
                        | rank | 16 |
                        | alpha | 32 |
                        | target modules | q\\_proj, v\\_proj |
                        | dropout | 0.05 |
                        | precision | float32 |
                        | epochs | 3 |
                        | optimizer steps | 12 |
                        | batch size | 32 |
                        | optimizer | AdamW |
                        | learning rate | 0.0002 |
                        | schedule | cosine |
                        | warm-up | 0.03 of the steps |
                        | weight decay | 0 |
                        | gradient norm limit | none |
                        | seed | 42 |

                        ## How to load it

                        The directory holding this file is the adapter; `clause-triage` stands for its path.

                        With [PEFT](https://huggingface.co/docs/peft):

                        ```python
                        from peft import PeftModel
                        from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

                        tokenizer = AutoTokenizer.from_pretrained("Qwen/Qwen2.5-0.5B-Instruct", revision="c0ffee")
                        tokenizer.chat_template = open("clause-triage/chat_template.jinja", encoding="utf-8").read()
                        model = AutoModelForCausalLM.from_pretrained("Qwen/Qwen2.5-0.5B-Instruct", revision="c0ffee")
                        model = PeftModel.from_pretrained(model, "clause-triage")
                        model.generation_config = GenerationConfig.from_pretrained("clause-triage")

                        messages = [{"role": "user", "content": "…"}]
                        prompt = tokenizer.apply_chat_template(
                            messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)
                        output = model.generate(
                            input_ids=prompt["input_ids"], attention_mask=prompt["attention_mask"], max_new_tokens=9)
                        answer = output[0, prompt["input_ids"].shape[1]:]
                        print(tokenizer.decode(answer, skip_special_tokens=True).strip())
                        ```

                        With [vLLM](https://docs.vllm.ai):

                        ```sh
                        vllm serve Qwen/Qwen2.5-0.5B-Instruct --revision c0ffee --enable-lora --lora-modules clause-triage=clause-triage \\
                            --chat-template clause-triage/chat_template.jinja --generation-config clause-triage \
                        --override-generation-config '{"temperature": 0}'
                        ```

                        Its rank 16 is within vLLM's default `--max-lora-rank` of 16.
                        """);
    }

    @ParameterizedTest
    @CsvSource({"17, 32", "32, 32", "100, 128", "300, 320", "512, 512"})
    void namesTheRankVllmMustBeStartedWith(int rank, int option) {
        assertThat(ModelCard.render(facts(Method.LORA, rank, "b", null)))
                .contains("--enable-lora --max-lora-rank " + option + " --lora-modules")
                .contains("Its rank " + rank
                        + " exceeds vLLM's default `--max-lora-rank` of 16, so the option is needed.");
    }

    @Test
    void saysWhenVllmCannotLoadIt() {
        assertThat(ModelCard.render(facts(Method.LORA, 513, "b", null)))
                .contains("vLLM cannot load it: the highest `--max-lora-rank` is 512, and its rank is 513.")
                .doesNotContain("vllm serve");
    }

    @Test
    void saysWhatVllmDoesNotKnow() {
        assertThat(ModelCard.render(facts(Method.DORA, 8, "b", null)))
                .contains(
                        "A DoRA adapter of **b**",
                        "| method | DoRA |",
                        "vLLM cannot load it: it does not" + " support DoRA.")
                .doesNotContain("vllm serve");
    }

    @Test
    void ofAFullFineTuneSaysNothingOfAdapters() {
        assertThat(ModelCard.render(facts(Method.FULL, 16, "b", null)))
                .contains("library_name: transformers", "A full fine-tune of **b**", "| method | full fine-tune |")
                .doesNotContainIgnoringCase("lora")
                .doesNotContain("rank", "PEFT", "target modules");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | name",
                "/home/me/models/tiny/ | tiny",
                "../../base/tiny | tiny",
                "~/tiny | tiny",
                "C:\\models\\tiny | tiny",
                "a \"b\": #c | a \"b\": #c",
            })
    void publishesNoPathAndTellsNobodyToFetchIt(String model, String published) {
        String card = ModelCard.render(facts(Method.LORA, 8, model, null));
        assertThat(header(card)).doesNotContainKey("base_model").containsEntry("tags", List.of("lora"));
        assertThat(card)
                .contains(String.format(Locale.ROOT, """
                        The directory holding this file is the adapter; `clause-triage` stands for its path.

                        The base model was the directory `%s` on the training machine; `base` stands for a copy of it.

                        With [PEFT]""", published))
                .contains("AutoTokenizer.from_pretrained(\"base\")", "AutoModelForCausalLM.from_pretrained(\"base\")")
                .contains("vllm serve base --enable-lora");
        if (!model.equals(published)) {
            assertThat(card).doesNotContain(model, "home", "models");
        }
    }

    @Test
    void tellsHowToUnpackABaseOfAMavenRepository() {
        String card = ModelCard.render(facts(Method.LORA, 8, "mvn:com.acme:tiny:1.0:zip", null));
        assertThat(header(card)).doesNotContainKey("base_model");
        assertThat(card)
                .contains("A LoRA adapter of **com.acme:tiny:1.0:zip**")
                .contains("""
                        The base model is an artifact of a Maven repository; `base` stands for the directory that holds its \
                        `config.json`:

                        ```sh
                        mvn dependency:unpack -Dartifact=com.acme:tiny:1.0:zip -DoutputDirectory=base
                        ```

                        With [PEFT]""")
                .contains("AutoModelForCausalLM.from_pretrained(\"base\")", "vllm serve base --enable-lora")
                .doesNotContain("mvn:");
    }

    @Test
    void namesABaseThatProgramsFetchWithItsRevision() {
        assertThat(header(ModelCard.render(facts(Method.FULL, 8, "org/name", null))))
                .containsEntry("base_model", "org/name");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> header(String card) {
        return (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromString(card.split("---\n", 3)[1]);
    }

    @Test
    void saysWhatIsDeclaredAndPackagedBeside() {
        ModelCard.Facts plain = facts(Method.LORA, 8, "org/base", null);
        ModelCard.Facts facts = new ModelCard.Facts(
                plain.name(),
                new ModelCard.Base(plain.base().model(), null),
                plain.method(),
                plain.asked(),
                plain.splits(),
                List.of(new Distilled("big|one", "host:1", 60), new Distilled("small", "host:1", 1)),
                Map.of("hf:datasets/acme/clauses@c0ffee:data/train.parquet", "0b"),
                new ModelCard.Declared(
                        "Sorting clauses.\n\n<!-- Added by ft:check -->\n", new Licenses("MIT", "llama3.2", null)),
                new ModelCard.Files(Map.of(Gguf.Q8_0, "t-1-q8_0.gguf", Gguf.LORA, "t-1-lora.gguf"), "t-1-merged.zip"));
        assertThat(ModelCard.render(facts))
                .contains(
                        "`2c` |\n\n60 of 100 training rows were answered by the teacher big\\|one (host:1).\n\n1 of 100"
                                + " training rows was answered by the teacher small (host:1).\n")
                .contains("base_model: \"org/base\"\nlicense: \"MIT\"\nlibrary_name: peft")
                .contains(
                        "\n\n## Intended use\n\nSorting clauses.\n\n&lt;!-- Added by ft:check --&gt;\n\n## Base model\n")
                .contains("""

                        | source | SHA-256 |
                        |---|---|
                        | `hf:datasets/acme/clauses@c0ffee:data/train.parquet` | 0b |

                        ## Prompt format
                        """)
                .contains("""

                        ## Licenses

                        As declared by its authors:

                        | | |
                        |---|---|
                        | this fine-tune | MIT |
                        | base model | llama3.2 |

                        ## How to load it
                        """)
                .contains("unzip t-1-merged.zip\nvllm serve ./merged --served-model-name clause-triage"
                        + " --override-generation-config '{\"temperature\": 0}'\n")
                .contains(
                        "where `base.gguf` is `org/base` as GGUF (`convert_hf_to_gguf.py DIRECTORY --outfile base.gguf`):")
                .contains(
                        "llama-server -m base.gguf --lora t-1-lora.gguf --jinja --chat-template-file chat_template.jinja"
                                + " --override-kv tokenizer.ggml.eos_token_id=int:7 --temp 0\n")
                .contains("llama-server -m t-1-q8_0.gguf --jinja --temp 0\n")
                .contains("""
                        FROM ./t-1-q8_0.gguf
                        TEMPLATE \"""{{- range .Messages }}{{ .Content }}{{- end }}\"""
                        PARAMETER temperature 0
                        """)
                .doesNotContain("ADAPTER");
    }

    @Test
    void saysWhichJobOfAServiceTrained() {
        ModelCard.Facts there = trained(
                facts(Method.LORA, 16, "org/base", null),
                null,
                TestSpec.with(
                                "base.model: hf:org/base@c0ffee",
                                "dataset.template: auto",
                                "training.runner: openai",
                                "runner.openai.url: https://x.y/v1",
                                "runner.openai.server: x")
                        .training(),
                new ModelCard.Ran("OpenAI (x.y)", "job_1", "org/base"));
        assertThat(ModelCard.render(there))
                .contains("A LoRA adapter of **org/base**, trained for ft-maven-plugin.")
                .contains("| trained at | OpenAI (x.y), as org/base in the job job\\_1 |")
                .doesNotContain("| optimizer", "| precision |", "| schedule |");
    }

    @Test
    void saysHowReplicasWereAveraged() {
        TrainingSpec training =
                TestSpec.with("training.localSteps: 20", "training.replicas: 4").training();
        assertThat(ModelCard.render(trained(facts(Method.LORA, 16, "org/base", null), null, training, null)))
                .contains(
                        "| batch size | 16 |\n| replicas | 4, each with its own batches, averaged after every 20 steps |\n");
    }

    @ParameterizedTest
    @CsvSource({
        "true, 'to the bit, on the same kind of GPU'",
        "false, 'not to the bit, because a GPU added gradients in no fixed order'"
    })
    void ofAGpuSaysWhetherItRepeats(boolean deterministic, String repeats) {
        assertThat(ModelCard.render(computed(new ModelCard.Arithmetic("bfloat16", deterministic, null))))
                .contains("| precision | bfloat16 |\n| repeats | " + repeats + " |\n| epochs |");
    }

    @Test
    void saysThatMemoryWasShort() {
        assertThat(ModelCard.render(computed(new ModelCard.Arithmetic("float32", null, 256))))
                .contains(
                        "| precision | float32 |\n| micro-batches | at most 256 tokens, because memory was short; this changes"
                                + " the order of sums |\n| epochs |");
    }

    private static ModelCard.Facts computed(ModelCard.Arithmetic arithmetic) {
        ModelCard.Facts plain = facts(Method.LORA, 8, "org/base", null);
        return trained(plain, arithmetic, plain.method().training(), null);
    }

    /** The same facts of another training. */
    private static ModelCard.Facts trained(
            ModelCard.Facts plain,
            ModelCard.@Nullable Arithmetic arithmetic,
            TrainingSpec training,
            ModelCard.@Nullable Ran ran) {
        ModelCard.Method method = plain.method();
        return new ModelCard.Facts(
                plain.name(),
                plain.base(),
                new ModelCard.Method(
                        method.quantization(),
                        method.adapter(),
                        method.startFrom(),
                        arithmetic == null ? method.arithmetic() : arithmetic,
                        training,
                        ran == null ? method.steps() : 0,
                        ran,
                        null),
                plain.asked(),
                plain.splits(),
                plain.distilled(),
                plain.sources(),
                plain.declared(),
                plain.files());
    }

    private static ModelCard.Facts facts(Method method, int rank, String base, @Nullable String system) {
        return new ModelCard.Facts(
                "clause-triage",
                new ModelCard.Base(
                        new PublishedBase(base, base.matches("[A-Za-z]+/[A-Za-z0-9.-]+") ? "c0ffee" : null), "0a"),
                new ModelCard.Method(
                        Quantization.NONE,
                        method == Method.FULL
                                ? null
                                : new PeftConfig(
                                        null,
                                        null,
                                        new LoraSelection(new Targets(false, List.of("q_proj", "v_proj")), rank, 32),
                                        0.05,
                                        method == Method.DORA),
                        null,
                        new ModelCard.Arithmetic("float32", null, null),
                        TestSpec.with("training.batchSize: 32", "training.warmup: 0.03", "training.maxGradientNorm: 0")
                                .training(),
                        12,
                        null,
                        null),
                new ModelCard.Asked(
                        "chatml",
                        system,
                        true,
                        "<|im_start|>user\n{question}<|im_end|>\n<|im_start|>assistant\n{answer}<|im_end|>",
                        new NamedToken(7, "<|im_end|>", true),
                        true,
                        true,
                        "{{- range .Messages }}{{ .Content }}{{- end }}",
                        9),
                List.of(
                        new ModelCard.Split("train", 100, 2000, 300, "1b"),
                        new ModelCard.Split("test", 10, 200, 30, "2c")),
                List.of(),
                Map.of(),
                new ModelCard.Declared(null, new Licenses(null, null, null)),
                new ModelCard.Files(Map.of(), null));
    }
}
