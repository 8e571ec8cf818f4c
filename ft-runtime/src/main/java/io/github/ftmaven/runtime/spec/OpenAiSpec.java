package io.github.ftmaven.runtime.spec;

/** An account at a service that speaks OpenAI's protocol, which may keep what it trains. */
public record OpenAiSpec(
        @Inline ServiceSpec account, @Inline KeptSpec kept) {}
