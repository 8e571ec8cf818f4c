@NullMarked
package io.github.ftmaven.langchain4j;

import org.jspecify.annotations.NullMarked;
