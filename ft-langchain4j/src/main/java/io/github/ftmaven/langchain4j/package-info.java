/** A fine-tuned model in this process as a chat model of LangChain4j. */
@NullMarked
package io.github.ftmaven.langchain4j;

import org.jspecify.annotations.NullMarked;
