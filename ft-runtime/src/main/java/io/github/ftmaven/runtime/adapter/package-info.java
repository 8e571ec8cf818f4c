/** LoRA weights and the files PEFT reads. */
@NullMarked
package io.github.ftmaven.runtime.adapter;

import org.jspecify.annotations.NullMarked;
