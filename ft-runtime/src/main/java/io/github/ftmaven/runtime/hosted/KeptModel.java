package io.github.ftmaven.runtime.hosted;

import org.jspecify.annotations.Nullable;

/**
 * A fine-tune that its service keeps.
 *
 * @param name its name there
 * @param created when its job was created, as ISO 8601; null if the service does not say
 * @param until when it will be served no more; null if the service does not say
 */
record KeptModel(
        String name, @Nullable String created, @Nullable String until) {}
