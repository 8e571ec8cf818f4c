/**
 * What Spark's side and the engine's side know of each other: types of Java alone. Both sides share these classes, and no
 * others.
 */
@NullMarked
package io.github.ftmaven.spark.bridge;

import org.jspecify.annotations.NullMarked;
