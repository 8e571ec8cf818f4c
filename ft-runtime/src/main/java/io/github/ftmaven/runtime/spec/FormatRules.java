package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.util.Map;
import java.util.stream.Stream;

/** Checks {@code artifact} against what is trained: which formats a fine-tune can have. */
final class FormatRules {
    private static final String FORMATS = "artifact.formats";
    private static final String GGUF = "artifact.gguf";

    private final JsonNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    FormatRules(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    void check() {
        if (problems.touch(FORMATS) || problems.touch(GGUF) || problems.touch("adapter.method")) {
            return;
        }
        if (!has(PackageFormat.PEFT)) {
            add(FORMATS, FORMATS + " must name peft: the evaluation reads that jar, and other projects depend on it");
        }
        needs(PackageFormat.GGUF, GGUF);
        needs(PackageFormat.MERGED, "artifact.shardSize");
        theMethodCanBeExpressed();
        whatIsMergedIntoIsThere();
    }

    private void needs(PackageFormat format, String key) {
        if (!has(format)) {
            add(key, key + " does not apply without " + SpecWords.word(format) + " in " + FORMATS);
        }
    }

    private void theMethodCanBeExpressed() {
        boolean explicit = !spec.at(pointer(GGUF)).isNull();
        boolean adapter =
                has(PackageFormat.GGUF) && (explicit ? writes(Gguf.LORA) : !is("adapter.method", Method.FULL));
        if (adapter && is("adapter.method", Method.FULL)) {
            add(GGUF, GGUF + ": lora is an adapter, but method: full does not produce one; use f16 or q8_0");
        }
        if (adapter && is("adapter.method", Method.DORA)) {
            add(
                    explicit ? GGUF : FORMATS,
                    "a GGUF adapter cannot express DoRA, because it has no magnitudes;"
                            + " write artifact.gguf: [f16] or [q8_0] for the merged model");
        }
        if (is("artifact.docker", Docker.VLLM) && is("adapter.method", Method.DORA) && !has(PackageFormat.MERGED)) {
            add("artifact.docker", "vLLM does not support DoRA; add merged to " + FORMATS);
        }
    }

    private void whatIsMergedIntoIsThere() {
        boolean whole =
                has(PackageFormat.MERGED) || (has(PackageFormat.GGUF) && (writes(Gguf.F16) || writes(Gguf.Q8_0)));
        if (!whole || is("adapter.method", Method.FULL)) {
            return;
        }
        String key = has(PackageFormat.MERGED) ? FORMATS : GGUF;
        if (!is("base.quantization", Quantization.NONE)) {
            add(
                    key,
                    "the adapter is trained beside quantized weights, and a merged model would hold different ones;"
                            + " use base.quantization: none, or package the adapter alone");
        }
        if (is("base.initialize", Initialization.RANDOM)) {
            add(key, "with base.initialize: random there are no weights to merge into; package the adapter alone");
        }
    }

    private void add(String path, String text) {
        Place place = places.get(path);
        if (place != null && !problems.touch(path)) {
            problems.add(place.value(), path, text);
        }
    }

    private boolean has(PackageFormat format) {
        return contains(FORMATS, format);
    }

    private boolean writes(Gguf gguf) {
        return contains(GGUF, gguf);
    }

    private boolean contains(String key, Enum<?> word) {
        return Stream.of(spec.at(pointer(key)))
                .flatMap(JsonNode::valueStream)
                .anyMatch(value -> SpecWords.word(word).equals(value.textValue()));
    }

    private boolean is(String key, Enum<?> word) {
        return SpecWords.word(word).equals(spec.at(pointer(key)).textValue());
    }

    private static String pointer(String key) {
        return "/" + key.replace('.', '/');
    }
}
