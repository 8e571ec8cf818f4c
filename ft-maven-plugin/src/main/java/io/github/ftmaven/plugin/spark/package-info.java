/** Starts the process that leads a goal on a cluster of Apache Spark. */
@NullMarked
package io.github.ftmaven.plugin.spark;

import org.jspecify.annotations.NullMarked;
