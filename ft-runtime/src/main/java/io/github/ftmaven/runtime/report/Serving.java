package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.chat.TemplateSources;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Gguf;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The exact commands that load the packaged artifacts, for PEFT, transformers, vLLM, llama.cpp and Ollama. */
public final class Serving {
    /** The values that vLLM accepts for {@code --max-lora-rank}, from its default up. */
    private static final int[] VLLM_RANKS = {16, 32, 64, 128, 256, 320, 512};

    private static final int VLLM_DEFAULT_RANK = 16;

    private static final String VLLM_VERSION = "v0.11.0";

    /** The default for requests without a temperature; vLLM itself would sample. */
    private static final String VLLM_GREEDY = "--override-generation-config '{\"temperature\": 0}'";

    private static final String VLLM_GREEDY_JSON = "\"--override-generation-config\", \"{\\\"temperature\\\": 0}\"";

    private Serving() {}

    static String adapter(String name, PublishedBase base, PeftConfig adapter, ModelCard.Asked asked) {
        return String.format(
                Locale.ROOT,
                """
                The directory holding this file is the adapter; `%1$s` stands for its path.
                %6$s
                With [PEFT](https://huggingface.co/docs/peft):

                ```python
                from peft import PeftModel
                from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig

                tokenizer = AutoTokenizer.from_pretrained(%2$s)
                %3$smodel = AutoModelForCausalLM.from_pretrained(%2$s)
                model = PeftModel.from_pretrained(model, "%1$s")
                model.generation_config = GenerationConfig.from_pretrained("%1$s")

                %4$s
                ```

                %5$s
                """,
                name,
                base.python(),
                asked.hasTemplate()
                        ? "tokenizer.chat_template = open(\"" + name + "/" + TemplateSources.FILE
                                + "\", encoding=\"utf-8\").read()\n"
                        : "",
                python(asked),
                vllm(name, base, adapter, asked),
                base.howToGet());
    }

    static String wholeModel(String name, ModelCard.Asked asked) {
        return String.format(Locale.ROOT, """
                The directory holding this file is the whole model; `%1$s` stands for its path.

                ```python
                from transformers import AutoModelForCausalLM, AutoTokenizer

                tokenizer = AutoTokenizer.from_pretrained("%1$s")
                model = AutoModelForCausalLM.from_pretrained("%1$s")

                %2$s
                ```

                ```sh
                vllm serve ./%1$s --served-model-name %1$s %3$s
                ```
                """, name, python(asked), VLLM_GREEDY);
    }

    private static String python(ModelCard.Asked asked) {
        return String.format(Locale.ROOT, """
                messages = [{"role": "user", "content": "…"}]
                prompt = tokenizer.apply_chat_template(
                    messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)
                output = model.generate(
                    input_ids=prompt["input_ids"], attention_mask=prompt["attention_mask"], max_new_tokens=%d)
                answer = output[0, prompt["input_ids"].shape[1]:]
                print(tokenizer.decode(answer, skip_special_tokens=True).strip())""", asked.maxNewTokens());
    }

    private static String vllm(String name, PublishedBase base, PeftConfig adapter, ModelCard.Asked asked) {
        int rank = adapter.selection().rank();
        String hindrance = vllmHindrance(adapter.selection(), adapter.dora());
        if (hindrance != null) {
            return hindrance;
        }
        boolean fits = rank <= VLLM_DEFAULT_RANK;
        return String.format(
                Locale.ROOT,
                """
                With [vLLM](https://docs.vllm.ai):

                ```sh
                vllm serve %2$s --enable-lora%3$s --lora-modules %1$s=%1$s \\
                    %8$s--generation-config %1$s %9$s
                ```

                Its rank %4$d %5$s vLLM's default `--max-lora-rank` of %6$d%7$s.""",
                name,
                base.vllm(),
                fits ? "" : " --max-lora-rank " + vllmRank(rank).getAsInt(),
                rank,
                fits ? "is within" : "exceeds",
                VLLM_DEFAULT_RANK,
                fits ? "" : ", so the option is needed",
                asked.hasTemplate() ? "--chat-template " + name + "/" + TemplateSources.FILE + " " : "",
                VLLM_GREEDY);
    }

    private static OptionalInt vllmRank(int rank) {
        return IntStream.of(VLLM_RANKS).filter(r -> r >= rank).findFirst();
    }

    /** One sentence about why vLLM cannot serve an adapter; null if it can. */
    private static @Nullable String vllmHindrance(LoraSelection selection, boolean dora) {
        if (dora) {
            return "vLLM cannot load it: it does not support DoRA.";
        }
        if (!selection.isUniform()) {
            return "vLLM must not load it: it silently ignores different ranks and alphas for some modules.";
        }
        int rank = selection.rank();
        return vllmRank(rank).isPresent()
                ? null
                : "vLLM cannot load it: the highest `--max-lora-rank` is 512, and its rank is " + rank + ".";
    }

    /** How to use the artifacts besides the adapter's; empty if there are none. */
    static String otherForms(ModelCard.Facts facts, PublishedBase base) {
        StringBuilder text = new StringBuilder();
        String name = facts.name();
        String merged = facts.files().merged();
        if (merged != null) {
            text.append(String.format(Locale.ROOT, """

                    The merged model, `%1$s`, needs neither PEFT nor the base:

                    ```sh
                    unzip %1$s
                    vllm serve ./merged --served-model-name %2$s %3$s
                    ```
                    """, merged, name, VLLM_GREEDY));
        }
        facts.files()
                .gguf()
                .forEach((gguf, file) -> text.append(
                        gguf == Gguf.LORA
                                ? ggufAdapter(base, file, facts.asked())
                                : ggufModel(name, file, facts.asked())));
        return text.toString();
    }

    private static String ggufAdapter(PublishedBase base, String file, ModelCard.Asked asked) {
        return String.format(
                Locale.ROOT,
                """

                With [llama.cpp](https://github.com/ggml-org/llama.cpp), where `base.gguf` is %s as GGUF (`convert_hf_to_gguf.py DIRECTORY --outfile base.gguf`):

                ```sh
                llama-server -m base.gguf --lora %s --jinja%s%s --temp 0
                ```

                Ollama cannot load an adapter; it needs a merged model (`artifact.gguf: [q8_0]`).
                """,
                Escape.code(base.name()),
                file,
                asked.hasTemplate() ? " --chat-template-file " + TemplateSources.FILE : "",
                asked.endIsNew()
                        ? " --override-kv tokenizer.ggml.eos_token_id=int:"
                                + asked.end().id()
                        : "");
    }

    private static String ggufModel(String name, String file, ModelCard.Asked asked) {
        return String.format(Locale.ROOT, """

                The merged model as GGUF, `%1$s`, with [llama.cpp](https://github.com/ggml-org/llama.cpp):

                ```sh
                llama-server -m %1$s --jinja --temp 0
                ```
                """, file) + ollama(name, file, asked);
    }

    /** Ollama does not render Jinja. It knows popular templates, and does not use a template for other models. */
    private static String ollama(String name, String file, ModelCard.Asked asked) {
        String quotes = "\"\"\"";
        boolean unspeakable = asked.system() != null && asked.system().contains(quotes);
        if (unspeakable || (asked.layout() != null && asked.ollama() == null)) {
            return "\nOllama's Modelfile cannot express its prompt format.\n";
        }
        String template = asked.ollama() == null ? "" : "TEMPLATE " + quotes + asked.ollama() + quotes + "\n";
        String system = asked.system() == null
                ? ""
                : "SYSTEM " + quotes + asked.system().strip() + quotes + "\n";
        return String.format(Locale.ROOT, """

                and with [Ollama](https://ollama.com):

                ```sh
                cat > Modelfile <<'END'
                FROM ./%s
                %s%sPARAMETER temperature 0
                END
                ollama create %s -f Modelfile && ollama run %s
                ```
                """, file, template, system, name, name);
    }

    /**
     * Checks before training that a Dockerfile can be written for the adapter.
     *
     * @throws InvalidInputException if vLLM cannot serve it
     */
    public static void checkDockerfile(LoraSelection selection, boolean dora) {
        String hindrance = vllmHindrance(selection, dora);
        if (hindrance != null) {
            throw new InvalidInputException("artifact.docker: vllm: " + hindrance + " Add merged to artifact.formats.");
        }
    }

    /**
     * A Dockerfile for the packaged adapter's directory.
     *
     * @param base the base, which vLLM downloads, or which the build copies into the image
     * @param hasTemplate whether a chat template is beside the adapter
     * @throws InvalidInputException if vLLM cannot serve the adapter
     */
    public static String dockerfile(String name, PublishedBase base, PeftConfig adapter, boolean hasTemplate) {
        checkDockerfile(adapter.selection(), adapter.dora());
        int rank = vllmRank(adapter.selection().rank()).orElseThrow();
        return String.format(
                Locale.ROOT,
                """
                # docker build -t %1$s . && docker run --gpus all -p 8000:8000 %1$s
                # %8$s
                FROM vllm/vllm-openai:%2$s
                %9$s\
                COPY adapter_config.json adapter_model.safetensors generation_config.json%5$s /adapter/
                ENTRYPOINT ["vllm", "serve", %3$s, \\
                    "--enable-lora", "--max-lora-rank", "%4$d", \\
                    "--lora-modules", "%1$s=/adapter", \\
                    %6$s"--generation-config", "/adapter", %7$s]
                """,
                name,
                VLLM_VERSION,
                base.isOnHub() ? "\"" + base.name() + "\", \"--revision\", \"" + base.revision() + "\"" : "\"/base\"",
                rank,
                hasTemplate ? " " + TemplateSources.FILE : "",
                hasTemplate ? "\"--chat-template\", \"/adapter/" + TemplateSources.FILE + "\", " : "",
                VLLM_GREEDY_JSON,
                base.isOnHub()
                        ? "vLLM downloads the base at startup; for a private base add -e HF_TOKEN."
                        : base.howToPlace(),
                base.isOnHub() ? "" : "COPY base /base/\n");
    }

    /** A Dockerfile for the directory of a whole model. */
    public static String dockerfile(String name) {
        return String.format(Locale.ROOT, """
                # docker build -t %1$s . && docker run --gpus all -p 8000:8000 %1$s
                FROM vllm/vllm-openai:%2$s
                COPY . /model/
                ENTRYPOINT ["vllm", "serve", "/model", "--served-model-name", "%1$s", \\
                    %3$s]
                """, name, VLLM_VERSION, VLLM_GREEDY_JSON);
    }
}
