package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** Services of the OpenAI protocol that keep the weights, and what is known of their end. */
final class WeightsKept {
    private static final String OPENAI = "api.openai.com";

    /** OpenAI takes no new jobs from this day. */
    private static final LocalDate LAST = LocalDate.of(2027, 1, 6);

    private static final List<String> HOSTS = List.of(
            OPENAI, "api.mistral.ai", ".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com");

    private WeightsKept() {}

    /**
     * Rejects a service that gives no weights back.
     *
     * @param key how the URL's key is called in messages
     */
    static void check(URI url, String key, Clock clock) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        if (HOSTS.stream().noneMatch(known -> known.startsWith(".") ? host.endsWith(known) : host.equals(known))) {
            return;
        }
        String end = "";
        if (host.equals(OPENAI)) {
            boolean over = !LocalDate.now(clock.withZone(ZoneOffset.UTC)).isBefore(LAST);
            end = over
                    ? " OpenAI has taken no new fine-tuning jobs since " + LAST + "."
                    : " Besides, OpenAI takes no new fine-tuning jobs from " + LAST + " on.";
        }
        throw new InvalidInputException(key + ": " + host + " keeps the weights of a fine-tune, so it could not be"
                + " evaluated or packaged here. Name a service that gives adapters back, such as"
                + " https://api.tokenfactory.nebius.com/v1, or use training.runner: together." + end);
    }
}
