/** Spark's side: it starts the cluster and passes bytes between the engine of the leader and those of the workers. */
@NullMarked
package io.github.ftmaven.spark;

import org.jspecify.annotations.NullMarked;
