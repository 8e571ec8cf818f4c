/** A fine-tune in the forms that servers load: merged weights as safetensors, and GGUF. Plain Java: needs no engine. */
@NullMarked
package io.github.ftmaven.runtime.export;

import org.jspecify.annotations.NullMarked;
