package io.github.ftmaven.runtime.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range of a number; {@code above} and {@code below} exclude their end. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Bounds {
    double min() default Double.NEGATIVE_INFINITY;

    double above() default Double.NEGATIVE_INFINITY;

    double max() default Double.POSITIVE_INFINITY;

    double below() default Double.POSITIVE_INFINITY;
}
