package io.github.ftmaven.runtime.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Groups of optional keys of one mapping. A user sets all keys of exactly one group. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Alternatives {
    Group[] value();

    /** The keys of one alternative. */
    @interface Group {
        String[] value();
    }
}
