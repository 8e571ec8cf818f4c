/** What every goal knows: the fine-tune of a project, and where its files are. */
@NullMarked
package io.github.ftmaven.plugin;

import org.jspecify.annotations.NullMarked;
