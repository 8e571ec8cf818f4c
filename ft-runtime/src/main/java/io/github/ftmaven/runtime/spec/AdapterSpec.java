package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** What is trained. All but {@code method} belong to LoRA and DoRA. */
public record AdapterSpec(
        @Doc(
                "lora trains low-rank matrices beside the frozen weights, dora also each row's magnitude, full every weight.")
        Method method,

        @Inline LoraSpec lora,
        @Inline ModulesSpec modules,

        @Doc(
                "An adapter to continue from: a directory as PEFT writes it, or a jar as this plugin packages it, relative to"
                        + " the spec.")
        @Nullable
        String startFrom) {}
