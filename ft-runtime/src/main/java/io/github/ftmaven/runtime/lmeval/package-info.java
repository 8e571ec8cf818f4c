/** Tasks of lm-evaluation-harness: reads, runs, filters, scores and reports them; knows nothing of models. */
@NullMarked
package io.github.ftmaven.runtime.lmeval;

import org.jspecify.annotations.NullMarked;
