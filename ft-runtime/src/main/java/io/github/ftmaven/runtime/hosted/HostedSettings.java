package io.github.ftmaven.runtime.hosted;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpRequests;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Runner;
import io.github.ftmaven.runtime.spec.RunnerSpec;
import io.github.ftmaven.runtime.spec.ServiceSpec;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A service and what it may cost.
 *
 * @param service which protocol it speaks
 * @param url the base URL, up to and including {@code /v1}; null for the service's own
 * @param model the service's name of the base; null if it is the base's own
 * @param key never in a message or a file
 * @param maxPrice the most that a job may cost, in the service's currency; null for no bound
 * @param cancelOnStop whether an interrupted build cancels its job; otherwise the next build finds it
 */
public record HostedSettings(
        Service service,
        @Nullable String url,
        @Nullable String model,
        ApiKey key,
        @Nullable Double maxPrice,
        boolean cancelOnStop) {
    /** The environment variable that brings the secret of the API key to the worker. */
    public static final String VARIABLE = "FT_RUNNER_KEY";

    /** The version of what is asked of services. A change of it trains anew, so it changes only with the training. */
    public static final int FORM = 1;

    /**
     * The settings of the service that a spec chooses.
     *
     * @param secret of the API key; empty for none
     */
    public static HostedSettings of(FineTuneSpec spec, String secret) {
        Service service = Service.of(spec.training().run().runner());
        RunnerSpec runners = Objects.requireNonNull(spec.outside().runner(), "runner");
        ServiceSpec account = runners.account(spec.training().run().runner());
        String origin = account.server() != null
                ? "the server " + account.server() + " in Maven's settings"
                : "the environment variable " + account.apiKeyEnvironment();
        return new HostedSettings(
                service,
                account.url(),
                account.model(),
                new ApiKey(secret, origin),
                account.maxPrice(),
                account.cancels());
    }

    /** The service's name and host, for messages. */
    public String place() {
        return service.title() + " (" + HttpRequests.server(base()) + ")";
    }

    /** The protocols. */
    public enum Service {
        TOGETHER("Together", "https://api.together.xyz/v1"),
        OPENAI("OpenAI", null);

        private final String title;
        private final @Nullable String url;

        Service(String title, @Nullable String url) {
            this.title = title;
            this.url = url;
        }

        private static Service of(Runner runner) {
            return switch (runner) {
                case TOGETHER -> TOGETHER;
                case OPENAI -> OPENAI;
                default -> throw new IllegalArgumentException(runner + " is no service");
            };
        }

        /** The word for it in a spec. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The name for it in messages. */
        String title() {
            return title;
        }
    }

    /** How a key of the spec's section is called in messages. */
    public String name(String key) {
        return "runner." + service.word() + "." + key;
    }

    /**
     * The base URL.
     *
     * @throws InvalidInputException if there is none, or it is not one
     */
    public URI base() {
        String text = url == null ? service.url : url;
        if (text == null) {
            throw new InvalidInputException(
                    name("url") + " is missing: the base URL of the service, up to and including"
                            + " /v1, such as https://api.tokenfactory.nebius.com/v1.");
        }
        try {
            URI uri = URI.create(text.strip().replaceFirst("/+$", ""));
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && Set.of("http", "https").contains(scheme)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // The message below says what one looks like; the exception's would quote the URL, which may hold a key.
        }
        throw new InvalidInputException(
                name("url") + " is not a URL without credentials. Write one like https://api.together.xyz/v1.");
    }
}
