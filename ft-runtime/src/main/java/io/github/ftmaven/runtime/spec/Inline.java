package io.github.ftmaven.runtime.spec;

import static java.lang.annotation.ElementType.RECORD_COMPONENT;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks a record whose keys belong to the enclosing mapping: it groups keys in Java only. */
@Retention(RUNTIME)
@Target(RECORD_COMPONENT)
@interface Inline {}
