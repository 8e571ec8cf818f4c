/** Results that outlive {@code clean}: kept once for all projects of a user, by what they were made from. */
@NullMarked
package io.github.ftmaven.plugin.cache;

import org.jspecify.annotations.NullMarked;
