/** Converts a conversation to token ids and a loss mask, with the model's own layout and tokenizer. */
@NullMarked
package io.github.ftmaven.runtime.chat;

import org.jspecify.annotations.NullMarked;
