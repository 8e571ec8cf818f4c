/** A Jinja2 interpreter with Python's semantics, for chat templates; see {@link io.github.ftmaven.runtime.template.Template}. */
@NullMarked
package io.github.ftmaven.runtime.template;

import org.jspecify.annotations.NullMarked;
