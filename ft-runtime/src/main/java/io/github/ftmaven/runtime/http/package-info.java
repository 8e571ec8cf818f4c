/** Requests over HTTP: repeated while a server is busy or unreachable, with the pauses that it asks for. */
@NullMarked
package io.github.ftmaven.runtime.http;

import org.jspecify.annotations.NullMarked;
