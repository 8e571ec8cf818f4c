/** What people and machines look at afterwards: the summary, the table, the model card. */
@NullMarked
package io.github.ftmaven.runtime.report;

import org.jspecify.annotations.NullMarked;
