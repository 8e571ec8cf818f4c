/**
 * A cache of results that survives {@code clean}. All projects of a user share it, and its entries are found by a hash
 * of their inputs.
 */
@NullMarked
package io.github.ftmaven.plugin.cache;

import org.jspecify.annotations.NullMarked;
