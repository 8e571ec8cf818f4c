package io.github.ftmaven.runtime.adapter;

import org.jspecify.annotations.Nullable;

/**
 * What PEFT's {@code adapter_config.json} says of a LoRA adapter of a causal language model.
 *
 * @param baseModel name of the base model, preferably one that means the same on every machine; null if not known
 * @param revision the base model's commit; null if it has none
 * @param selection what is adapted and how strongly
 * @param dropout probability that was used in training; at inference there is none
 * @param dora whether there are magnitudes
 */
public record PeftConfig(
        @Nullable String baseModel, @Nullable String revision, LoraSelection selection, double dropout, boolean dora) {}
