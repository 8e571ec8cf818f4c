/** The sources of models and adapters: directories, hubs and Maven repositories. */
@NullMarked
package io.github.ftmaven.plugin.source;

import org.jspecify.annotations.NullMarked;
