/** What {@code java -jar ft-worker.jar} starts: it unpacks a worker and runs it. Knows the JDK alone. */
@NullMarked
package io.github.ftmaven.runtime.launcher;

import org.jspecify.annotations.NullMarked;
