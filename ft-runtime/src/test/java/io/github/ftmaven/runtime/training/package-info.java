@NullMarked
package io.github.ftmaven.runtime.training;

import org.jspecify.annotations.NullMarked;
