/** Asks a teacher for the answers of prompts that have none: planned, bounded, cached, and marked with their origin. */
@NullMarked
package io.github.ftmaven.runtime.distill;

import org.jspecify.annotations.NullMarked;
