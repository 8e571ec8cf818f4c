package io.github.ftmaven.runtime.spec;

import java.util.List;

/** The model to start from. */
public record BaseSpec(
        @Doc(
                "The base model: a directory relative to the spec, hf:ORG/NAME@COMMIT, or mvn:GROUP:ARTIFACT:VERSION[:TYPE[:CLASSIFIER]].")
        String model,

        @Doc("Where the initial weights come from; random needs only config.json and the tokenizer.")
        Initialization initialize,

        @Doc("How frozen weights are stored in memory: none as training.precision says, nf4 in 4 bits, int8 in 8 bits.")
        Quantization quantization,

        @Doc("Whether to quantize the scales of nf4 too: 4.13 bits per weight instead of 4.5.")
        boolean doubleQuantization,

        @Doc("Unknown keys of the base's config.json that do not change what the model computes.") @MayBeEmpty
        List<String> ignoreKeys) {
    public BaseSpec {
        ignoreKeys = List.copyOf(ignoreKeys);
    }
}
