@NullMarked
package io.github.ftmaven.runtime.memory;

import org.jspecify.annotations.NullMarked;
