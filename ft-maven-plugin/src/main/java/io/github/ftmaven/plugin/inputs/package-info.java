/** Brings what a goal needs to this machine: models and adapters, the last release, results of other builds. */
@NullMarked
package io.github.ftmaven.plugin.inputs;

import org.jspecify.annotations.NullMarked;
