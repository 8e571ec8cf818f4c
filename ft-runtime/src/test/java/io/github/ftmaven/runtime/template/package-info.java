@NullMarked
package io.github.ftmaven.runtime.template;

import org.jspecify.annotations.NullMarked;
