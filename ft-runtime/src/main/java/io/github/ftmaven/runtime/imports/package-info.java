/** Turns configurations of other fine-tuning programs into specs. */
@NullMarked
package io.github.ftmaven.runtime.imports;

import org.jspecify.annotations.NullMarked;
