package io.github.ftmaven.runtime.http;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Advises on an unreachable server where the environment names a proxy, which curl and Python use but Java does not. */
public final class ProxyHint {
    private ProxyHint() {}

    /**
     * A sentence that begins with a blank; empty where Java has a proxy, or the environment names none.
     *
     * @param property reads a Java system property; null if it is not set
     */
    public static String of(String scheme, Map<String, String> environment, UnaryOperator<@Nullable String> property) {
        if (property.apply(scheme + ".proxyHost") != null || property.apply("socksProxyHost") != null) {
            return "";
        }
        for (String name : new String[] {scheme + "_proxy", "all_proxy"}) {
            for (String variable : new String[] {name, name.toUpperCase(Locale.ROOT)}) {
                String proxy = environment.getOrDefault(variable, "");
                if (!proxy.isBlank()) {
                    return " Java does not read " + variable + ". Add " + options(scheme, proxy) + " to MAVEN_OPTS.";
                }
            }
        }
        return "";
    }

    /** Omits any credentials in the proxy's URL. */
    private static String options(String scheme, String proxy) {
        String host = "HOST";
        int port = -1;
        try {
            URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if (uri.getHost() != null) {
                host = uri.getHost();
                port = uri.getPort();
            }
        } catch (IllegalArgumentException e) {
            // The user knows the right value.
        }
        return "-D" + scheme + ".proxyHost=" + host + " -D" + scheme + ".proxyPort=" + (port < 0 ? "PORT" : port);
    }
}
