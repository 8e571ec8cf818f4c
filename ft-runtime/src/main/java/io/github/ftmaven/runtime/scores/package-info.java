/** Per-item results as records and their JSON: written by evaluation, read by acceptance and report. */
@NullMarked
package io.github.ftmaven.runtime.scores;

import org.jspecify.annotations.NullMarked;
