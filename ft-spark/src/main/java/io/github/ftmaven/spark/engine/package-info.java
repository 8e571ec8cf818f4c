/** The engine's side: it runs in a class loader of its own, so that its libraries never meet those of Spark. */
@NullMarked
package io.github.ftmaven.spark.engine;

import org.jspecify.annotations.NullMarked;
