/** A base model's directory: {@code config.json} as one architecture record, safetensors, and what must be in them. */
@NullMarked
package io.github.ftmaven.runtime.model;

import org.jspecify.annotations.NullMarked;
