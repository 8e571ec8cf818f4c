/** Trains by a command of the user's own: its request, its process, and what it leaves. */
@NullMarked
package io.github.ftmaven.plugin.command;

import org.jspecify.annotations.NullMarked;
