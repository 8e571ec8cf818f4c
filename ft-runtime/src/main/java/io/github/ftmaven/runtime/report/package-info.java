/** The results for people and programs: the summary, the table, the model card. */
@NullMarked
package io.github.ftmaven.runtime.report;

import org.jspecify.annotations.NullMarked;
