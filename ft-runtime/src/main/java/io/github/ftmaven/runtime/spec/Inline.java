package io.github.ftmaven.runtime.spec;

import static java.lang.annotation.ElementType.RECORD_COMPONENT;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks a record whose keys stand in the mapping around it, and not in one of its own: it groups keys for Java alone. */
@Retention(RUNTIME)
@Target(RECORD_COMPONENT)
@interface Inline {}
