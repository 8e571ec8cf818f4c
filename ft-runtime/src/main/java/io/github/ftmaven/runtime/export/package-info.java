/**
 * A fine-tune in the formats that servers load: merged weights as safetensors, and GGUF. This is plain Java without the
 * engine.
 */
@NullMarked
package io.github.ftmaven.runtime.export;

import org.jspecify.annotations.NullMarked;
