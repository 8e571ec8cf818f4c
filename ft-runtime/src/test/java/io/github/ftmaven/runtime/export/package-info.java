@NullMarked
package io.github.ftmaven.runtime.export;

import org.jspecify.annotations.NullMarked;
