package io.github.ftmaven.runtime.spec;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of services of the OpenAI protocol by their hosts. */
public final class WeightsKept {
    private static final String OPENAI = "api.openai.com";
    private static final String MISTRAL = "api.mistral.ai";

    /** The first day on which OpenAI takes no new fine-tuning jobs. */
    private static final LocalDate END = LocalDate.of(2027, 1, 6);

    /** Hosts that keep the weights; those with a dot at their beginning are domains. */
    private static final List<String> KEEPERS =
            List.of(OPENAI, ".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com");

    private WeightsKept() {}

    /** Whether a service is known to keep the weights. */
    static boolean isAt(String url) {
        String host = host(url);
        return KEEPERS.stream().anyMatch(known -> known.startsWith(".") ? host.endsWith(known) : host.equals(known));
    }

    /** Whether a service's jobs are of another protocol, though its URL looks the same. */
    static boolean isMistral(String url) {
        return host(url).equals(MISTRAL);
    }

    /**
     * What a user of a service should know of its end; empty for nothing.
     *
     * @param today the day of the build
     */
    public static Optional<String> end(FineTuneSpec spec, LocalDate today) {
        return spec.keeper()
                .map(keeper -> keeper.account().url())
                .filter(url -> host(url).equals(OPENAI))
                .map(url -> today.isBefore(END)
                        ? "runner.openai.url: OpenAI takes no new fine-tuning jobs from " + END + " on. Plan to move to"
                                + " another service, or to training.runner: local."
                        : "runner.openai.url: OpenAI has taken no new fine-tuning jobs since " + END + ". A job that is"
                                + " done there can still be joined; for another one, choose another service, or"
                                + " training.runner: local.");
    }

    static String host(String url) {
        try {
            String host = new URI(url).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
