package io.github.ftmaven.runtime.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** Services of the OpenAI protocol that keep the weights, and what is known of their end. */
final class WeightsKept {
    private static final String OPENAI = "api.openai.com";

    private static final List<String> HOSTS = List.of(
            OPENAI, "api.mistral.ai", ".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com");

    private WeightsKept() {}

    /** What is wrong with a service that gives no weights back; empty for others. */
    static String problem(String url) {
        String host = host(url);
        if (HOSTS.stream().noneMatch(known -> known.startsWith(".") ? host.endsWith(known) : host.equals(known))) {
            return "";
        }
        return host + " keeps the weights of a fine-tune, so it could not be evaluated or packaged here; name a service"
                + " that gives adapters back, such as https://api.tokenfactory.nebius.com/v1, or use training.runner:"
                + " together"
                + (host.equals(OPENAI) ? ". OpenAI takes no new fine-tuning jobs from 2027-01-06 on" : "");
    }

    private static String host(String url) {
        try {
            String host = new URI(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
