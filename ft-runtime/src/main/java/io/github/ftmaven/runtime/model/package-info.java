/**
 * A base model's directory: {@code config.json} as one architecture record, safetensors, and the tensors they must
 * hold.
 */
@NullMarked
package io.github.ftmaven.runtime.model;

import org.jspecify.annotations.NullMarked;
