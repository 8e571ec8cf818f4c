/** What a worker tells its parent, event by event, in a file that is appended to. */
@NullMarked
package io.github.ftmaven.runtime.journal;

import org.jspecify.annotations.NullMarked;
