/** What the documentation says of other files of this repository. */
@NullMarked
package io.github.ftmaven.plugin.documentation;

import org.jspecify.annotations.NullMarked;
