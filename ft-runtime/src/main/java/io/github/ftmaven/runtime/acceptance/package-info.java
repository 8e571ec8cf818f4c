/** Rules and verdicts, computed only from scores. This code runs inside Maven, without the engine. */
@NullMarked
package io.github.ftmaven.runtime.acceptance;

import org.jspecify.annotations.NullMarked;
