/**
 * The only access to DJL and libtorch: packs TorchScript text into an archive, calls its methods, owns native memory.
 */
@NullMarked
package io.github.ftmaven.runtime.torch;

import org.jspecify.annotations.NullMarked;
