package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider as declared in a suite.
 *
 * @param type the kind of provider: {@code echo}, {@code openai:chat:MODEL}, a URL, {@code ft:tuned}, {@code ft:base}
 * @param id its id in results: the type, unless the suite sets another
 * @param label its name in results
 * @param config its configuration
 * @param prompts labels of the prompts it answers; empty for all
 * @param transform an expression that transforms its output; null for none
 * @param delayMs the pause after each answer in milliseconds
 */
public record ProviderSpec(
        String type,
        String id,
        String label,
        ObjectNode config,
        List<String> prompts,
        @Nullable String transform,
        long delayMs) {}
