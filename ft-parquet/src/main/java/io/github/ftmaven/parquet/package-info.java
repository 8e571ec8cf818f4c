/** Datasets in Parquet, read row by row. */
@NullMarked
package io.github.ftmaven.parquet;

import org.jspecify.annotations.NullMarked;
