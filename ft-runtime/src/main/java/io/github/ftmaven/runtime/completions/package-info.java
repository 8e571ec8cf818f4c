/** Asks models at a server with OpenAI's chat completions API: several at a time, within a budget, and never twice. */
@NullMarked
package io.github.ftmaven.runtime.completions;

import org.jspecify.annotations.NullMarked;
