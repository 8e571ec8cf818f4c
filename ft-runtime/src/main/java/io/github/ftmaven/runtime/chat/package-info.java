/** A conversation becomes token ids and a loss mask, by the model's own layout and tokenizer. */
@NullMarked
package io.github.ftmaven.runtime.chat;

import org.jspecify.annotations.NullMarked;
