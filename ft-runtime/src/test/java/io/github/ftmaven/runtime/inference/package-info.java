@NullMarked
package io.github.ftmaven.runtime.inference;

import org.jspecify.annotations.NullMarked;
