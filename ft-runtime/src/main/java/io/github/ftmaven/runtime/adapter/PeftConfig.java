package io.github.ftmaven.runtime.adapter;

import org.jspecify.annotations.Nullable;

/**
 * PEFT's {@code adapter_config.json} for a LoRA adapter of a causal language model.
 *
 * @param baseModel name of the base model, preferably one that is valid on every machine; null if unknown
 * @param revision the base model's commit; null if it has none
 * @param selection the adapted modules, their ranks and scales
 * @param dropout probability during training; inference does not use dropout
 * @param dora whether the adapter has magnitudes
 */
public record PeftConfig(
        @Nullable String baseModel, @Nullable String revision, LoraSelection selection, double dropout, boolean dora) {}
