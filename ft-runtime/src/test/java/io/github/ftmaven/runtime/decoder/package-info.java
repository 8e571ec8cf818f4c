@NullMarked
package io.github.ftmaven.runtime.decoder;

import org.jspecify.annotations.NullMarked;
