package io.github.ftmaven.runtime.spec;

import java.util.List;

/** The model to start from. */
public record BaseSpec(
        @Doc(
                "The base model: a directory relative to the spec, hf:ORG/NAME@COMMIT, or mvn:GROUP:ARTIFACT:VERSION[:TYPE[:CLASSIFIER]].")
        String model,

        @Doc("Where the first weights come from; random needs only config.json and the tokenizer.")
        Initialization initialize,

        @Doc("How frozen weights are held: none as 32-bit floats, nf4 and int8 in 4 and 8 bits.")
        Quantization quantization,

        @Doc("Whether the scales of nf4 are quantized too: 4.13 bits a weight instead of 4.5.")
        boolean doubleQuantization,

        @Doc("Keys of the base's config.json that are not known and change nothing of what it computes.") @MayBeEmpty
        List<String> ignoreKeys) {
    public BaseSpec {
        ignoreKeys = List.copyOf(ignoreKeys);
    }
}
