/** JavaScript in a sandbox without files, network or time, and nunjucks on it. */
@NullMarked
package io.github.ftmaven.runtime.script;

import org.jspecify.annotations.NullMarked;
