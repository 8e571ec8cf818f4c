/** What the task of one goal works on. */
@NullMarked
package io.github.ftmaven.runtime.job;

import org.jspecify.annotations.NullMarked;
