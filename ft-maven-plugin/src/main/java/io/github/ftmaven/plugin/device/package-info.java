/** The GPU of this machine, and the libtorch that computes on it. */
@NullMarked
package io.github.ftmaven.plugin.device;

import org.jspecify.annotations.NullMarked;
