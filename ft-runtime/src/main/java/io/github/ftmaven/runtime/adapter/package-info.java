/** LoRA weights and PEFT's files. */
@NullMarked
package io.github.ftmaven.runtime.adapter;

import org.jspecify.annotations.NullMarked;
