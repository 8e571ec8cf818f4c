/** A training that ran elsewhere: the files it leaves, and whether they are what was asked for. */
@NullMarked
package io.github.ftmaven.runtime.delivery;

import org.jspecify.annotations.NullMarked;
