package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.adapter.LoraSelection;
import io.github.ftmaven.runtime.adapter.PeftConfig;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec.Gguf;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How what is packaged is loaded: the exact commands for PEFT, transformers, vLLM, llama.cpp and Ollama. */
public final class Serving {
    /** The values vLLM accepts for {@code --max-lora-rank}, from its default on. */
    private static final int[] VLLM_RANKS = {16, 32, 64, 128, 256, 320, 512};

    private static final int VLLM_DEFAULT_RANK = 16;

    private static final String VLLM_VERSION = "v0.11.0";

    private Serving() {}

    static String adapter(String name, String base, PeftConfig adapter) {
        return """
                The directory holding this file is the adapter; `%1$s` stands for its path.

                With [PEFT](https://huggingface.co/docs/peft):

                ```python
                from peft import PeftModel
                from transformers import AutoModelForCausalLM, AutoTokenizer

                tokenizer = AutoTokenizer.from_pretrained("%2$s")
                model = AutoModelForCausalLM.from_pretrained("%2$s")
                model = PeftModel.from_pretrained(model, "%1$s")
                ```

                %3$s
                """.formatted(name, base, vllm(name, base, adapter));
    }

    static String wholeModel(String name) {
        return """
                The directory holding this file is the whole model; `%1$s` stands for its path.

                ```python
                from transformers import AutoModelForCausalLM, AutoTokenizer

                tokenizer = AutoTokenizer.from_pretrained("%1$s")
                model = AutoModelForCausalLM.from_pretrained("%1$s")
                ```
                """.formatted(name);
    }

    private static String vllm(String name, String base, PeftConfig adapter) {
        int rank = adapter.selection().rank();
        String hindrance = vllmHindrance(adapter.selection(), adapter.dora());
        if (hindrance != null) {
            return hindrance;
        }
        boolean fits = rank <= VLLM_DEFAULT_RANK;
        return """
                With [vLLM](https://docs.vllm.ai):

                ```sh
                vllm serve %2$s --enable-lora%3$s --lora-modules %1$s=%1$s
                ```

                Its rank %4$d %5$s vLLM's default `--max-lora-rank` of %6$d%7$s.""".formatted(
                        name,
                        base,
                        fits ? "" : " --max-lora-rank " + vllmRank(rank).getAsInt(),
                        rank,
                        fits ? "is within" : "exceeds",
                        VLLM_DEFAULT_RANK,
                        fits ? "" : ", so the option is needed");
    }

    private static OptionalInt vllmRank(int rank) {
        return IntStream.of(VLLM_RANKS).filter(r -> r >= rank).findFirst();
    }

    /** Why vLLM cannot serve an adapter, as a sentence; null if it can. */
    private static @Nullable String vllmHindrance(LoraSelection selection, boolean dora) {
        if (dora) {
            return "vLLM cannot load it: it does not know DoRA.";
        }
        if (!selection.isUniform()) {
            return "vLLM must not load it: it passes over other ranks and alphas for some modules without a word.";
        }
        int rank = selection.rank();
        return vllmRank(rank).isPresent()
                ? null
                : "vLLM cannot load it: the highest `--max-lora-rank` is 512, and its rank is " + rank + ".";
    }

    /** What is to be done with the artifacts beside the adapter's; empty if there are none. */
    static String otherForms(ModelCard.Facts facts, String base) {
        StringBuilder text = new StringBuilder();
        String name = facts.name();
        String merged = facts.files().merged();
        if (merged != null) {
            text.append("""

                    The merged model, `%1$s`, needs neither PEFT nor the base:

                    ```sh
                    unzip %1$s
                    vllm serve ./merged --served-model-name %2$s
                    ```
                    """.formatted(merged, name));
        }
        facts.files()
                .gguf()
                .forEach((gguf, file) ->
                        text.append(gguf == Gguf.LORA ? """

                                With [llama.cpp](https://github.com/ggml-org/llama.cpp), `base.gguf` being %s as GGUF:

                                ```sh
                                llama-server -m base.gguf --lora %s
                                ```

                                Ollama cannot load an adapter; it needs a merged model (`artifact.gguf: [q8_0]`).
                                """.formatted(base, file) : """

                                The merged model as GGUF, `%1$s`, with [llama.cpp](https://github.com/ggml-org/llama.cpp):

                                ```sh
                                llama-server -m %1$s
                                ```

                                and with [Ollama](https://ollama.com):

                                ```sh
                                echo 'FROM ./%1$s' > Modelfile
                                ollama create %2$s -f Modelfile && ollama run %2$s
                                ```
                                """.formatted(file, name)));
        return text.toString();
    }

    /**
     * Checks, before there is an adapter, that a Dockerfile can be written for it.
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
     * @param base the name under which vLLM fetches the base
     * @throws InvalidInputException if vLLM cannot serve the adapter
     */
    public static String dockerfile(String name, String base, PeftConfig adapter) {
        checkDockerfile(adapter.selection(), adapter.dora());
        int rank = vllmRank(adapter.selection().rank()).orElseThrow();
        return """
                # docker build -t %1$s . && docker run --gpus all -p 8000:8000 %1$s
                # The base is fetched at the start; for one that is private add -e HF_TOKEN, for one on disk mount it.
                FROM vllm/vllm-openai:%2$s
                COPY adapter_config.json adapter_model.safetensors /adapter/
                ENTRYPOINT ["vllm", "serve", "%3$s", \\
                    "--enable-lora", "--max-lora-rank", "%4$d", \\
                    "--lora-modules", "%1$s=/adapter"]
                """.formatted(name, VLLM_VERSION, base, rank);
    }

    /** A Dockerfile for the directory of a whole model. */
    public static String dockerfile(String name) {
        return """
                # docker build -t %1$s . && docker run --gpus all -p 8000:8000 %1$s
                FROM vllm/vllm-openai:%2$s
                COPY . /model/
                ENTRYPOINT ["vllm", "serve", "/model", "--served-model-name", "%1$s"]
                """.formatted(name, VLLM_VERSION);
    }
}
