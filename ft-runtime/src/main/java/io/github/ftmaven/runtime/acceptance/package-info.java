/** Rules and verdicts, from scores alone; runs inside Maven and never meets the engine. */
@NullMarked
package io.github.ftmaven.runtime.acceptance;

import org.jspecify.annotations.NullMarked;
