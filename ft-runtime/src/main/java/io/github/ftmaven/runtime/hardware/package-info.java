/** What the processor and the GPU of this machine can do; loads no native library. */
@NullMarked
package io.github.ftmaven.runtime.hardware;

import org.jspecify.annotations.NullMarked;
