package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A provider as a suite declares it.
 *
 * @param type whom to ask: {@code echo}, {@code openai:chat:MODEL}, an address, {@code ft:tuned}, {@code ft:base}
 * @param id what results know it by, the type unless the suite gives it another
 * @param label what results call it
 * @param config what it is told
 * @param prompts labels of the prompts it is asked; empty for all
 * @param transform an expression its output goes through; null for none
 * @param delayMs milliseconds to wait after each answer
 */
public record ProviderSpec(
        String type,
        String id,
        String label,
        ObjectNode config,
        List<String> prompts,
        @Nullable String transform,
        long delayMs) {}
