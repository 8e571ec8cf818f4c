/** Tasks of lm-evaluation-harness: read, put to a model, filtered, measured, reported; knows nothing of models. */
@NullMarked
package io.github.ftmaven.runtime.lmeval;

import org.jspecify.annotations.NullMarked;
