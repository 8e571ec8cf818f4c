/** A fine-tuned model in a Java program: answers, streams and classifies as it was trained to and measured. */
@NullMarked
package io.github.ftmaven.runtime.inference;

import org.jspecify.annotations.NullMarked;
