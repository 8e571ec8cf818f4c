package io.github.ftmaven.runtime.hub;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What to say where a hub is not reached and the environment names a proxy, which curl and Python use and Java does not. */
final class ProxyHint {
    private ProxyHint() {}

    /**
     * A sentence that begins with a blank; nothing where Java has a proxy, or the environment names none.
     *
     * @param property a system property of Java; null if there is none
     */
    static String of(String scheme, Map<String, String> environment, UnaryOperator<@Nullable String> property) {
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

    /** Without the credentials that may be in an address. */
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
            // The user knows what it should be.
        }
        return "-D" + scheme + ".proxyHost=" + host + " -D" + scheme + ".proxyPort=" + (port < 0 ? "PORT" : port);
    }
}
