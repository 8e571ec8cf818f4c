package io.github.ftmaven.runtime.template;

/** A function that a template can call. */
@FunctionalInterface
interface Callable {
    Object call(Arguments arguments);
}
