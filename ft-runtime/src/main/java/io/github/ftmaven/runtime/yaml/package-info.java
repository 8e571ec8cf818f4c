/** YAML 1.2 by its core schema, with line and column. */
@NullMarked
package io.github.ftmaven.runtime.yaml;

import org.jspecify.annotations.NullMarked;
