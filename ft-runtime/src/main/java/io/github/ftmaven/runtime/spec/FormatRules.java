package io.github.ftmaven.runtime.spec;

/** Checks {@code artifact} against what is trained: which formats a fine-tune can have. */
final class FormatRules {
    private static final String FORMATS = "artifact.formats";
    private static final String GGUF = "artifact.gguf";

    private final SpecKeys keys;

    FormatRules(SpecKeys keys) {
        this.keys = keys;
    }

    void check() {
        if (keys.isWrong(FORMATS) || keys.isWrong(GGUF) || keys.isWrong("adapter.method")) {
            return;
        }
        if (!has(PackageFormat.PEFT)) {
            keys.refuse(
                    FORMATS,
                    FORMATS + " must name peft: the evaluation reads that jar, and other projects depend on it");
        }
        needs(PackageFormat.GGUF, GGUF);
        needs(PackageFormat.MERGED, "artifact.shardSize");
        theMethodCanBeExpressed();
        whatIsMergedIntoIsThere();
    }

    private void needs(PackageFormat format, String key) {
        if (!has(format)) {
            keys.refuse(key, key + " does not apply without " + SpecWords.word(format) + " in " + FORMATS);
        }
    }

    private void theMethodCanBeExpressed() {
        boolean explicit = !keys.at(GGUF).isNull();
        boolean adapter =
                has(PackageFormat.GGUF) && (explicit ? writes(Gguf.LORA) : !keys.is("adapter.method", Method.FULL));
        if (adapter && keys.is("adapter.method", Method.FULL)) {
            keys.refuse(GGUF, GGUF + ": lora is an adapter, but method: full does not produce one; use f16 or q8_0");
        }
        if (adapter && keys.is("adapter.method", Method.DORA)) {
            keys.refuse(
                    explicit ? GGUF : FORMATS,
                    "a GGUF adapter cannot express DoRA, because it has no magnitudes;"
                            + " write artifact.gguf: [f16] or [q8_0] for the merged model");
        }
        if (keys.is("artifact.docker", Docker.VLLM)
                && keys.is("adapter.method", Method.DORA)
                && !has(PackageFormat.MERGED)) {
            keys.refuse("artifact.docker", "vLLM does not support DoRA; add merged to " + FORMATS);
        }
    }

    private void whatIsMergedIntoIsThere() {
        boolean whole =
                has(PackageFormat.MERGED) || (has(PackageFormat.GGUF) && (writes(Gguf.F16) || writes(Gguf.Q8_0)));
        if (!whole || keys.is("adapter.method", Method.FULL)) {
            return;
        }
        String key = has(PackageFormat.MERGED) ? FORMATS : GGUF;
        if (!keys.is("base.quantization", Quantization.NONE)) {
            keys.refuse(
                    key,
                    "the adapter is trained beside quantized weights, and a merged model would hold different ones;"
                            + " use base.quantization: none, or package the adapter alone");
        }
        if (keys.is("base.initialize", Initialization.RANDOM)) {
            keys.refuse(
                    key, "with base.initialize: random there are no weights to merge into; package the adapter alone");
        }
    }

    private boolean has(PackageFormat format) {
        return contains(FORMATS, format);
    }

    private boolean writes(Gguf gguf) {
        return contains(GGUF, gguf);
    }

    private boolean contains(String key, Enum<?> word) {
        return keys.at(key).valueStream().anyMatch(value -> SpecWords.word(word).equals(value.textValue()));
    }
}
