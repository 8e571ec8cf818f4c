/** Brings a goal's inputs onto this machine: models and adapters, the last release, and results of other builds. */
@NullMarked
package io.github.ftmaven.plugin.inputs;

import org.jspecify.annotations.NullMarked;
