/**
 * A fine-tuned model in a Java program: it answers, streams and classifies under the conditions of training and
 * evaluation.
 */
@NullMarked
package io.github.ftmaven.runtime.inference;

import org.jspecify.annotations.NullMarked;
