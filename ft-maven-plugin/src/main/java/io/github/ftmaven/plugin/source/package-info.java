/** Where models and adapters come from: directories, hubs, Maven repositories. */
@NullMarked
package io.github.ftmaven.plugin.source;

import org.jspecify.annotations.NullMarked;
