package io.github.ftmaven.runtime.spec;

import org.jspecify.annotations.Nullable;

/** What is trained. Every key except {@code method} applies to LoRA and DoRA only. */
public record AdapterSpec(
        @Doc("lora trains low-rank matrices beside the frozen weights; dora also trains the magnitude of each row;"
                + " full trains every weight.")
        Method method,

        @Inline LoraSpec lora,
        @Inline ModulesSpec modules,

        @Doc(
                "An adapter to continue from: a directory as PEFT writes it, or a jar as this plugin packages it, relative to"
                        + " the spec.")
        @Nullable
        String startFrom) {}
