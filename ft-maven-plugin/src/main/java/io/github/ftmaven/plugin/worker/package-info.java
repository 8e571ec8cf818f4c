/** The forked process: starting it, watching it, showing its progress, ending it. */
@NullMarked
package io.github.ftmaven.plugin.worker;

import org.jspecify.annotations.NullMarked;
