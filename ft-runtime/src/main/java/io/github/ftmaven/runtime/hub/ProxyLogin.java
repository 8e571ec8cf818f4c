package io.github.ftmaven.runtime.hub;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Logs in at the proxy between here and the hub, with the user and the password of Java's system properties, which Java
 * itself does not read. Never answers a hub. For one connection: Java would send a wrong password twenty times.
 */
final class ProxyLogin extends Authenticator {
    private boolean answered;

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        if (answered || getRequestorType() != RequestorType.PROXY || getRequestingURL() == null) {
            return null;
        }
        answered = true;
        String scheme = getRequestingURL().getProtocol();
        String user = System.getProperty(scheme + ".proxyUser");
        String password = System.getProperty(scheme + ".proxyPassword");
        return user == null || password == null ? null : new PasswordAuthentication(user, password.toCharArray());
    }

    /** Whether the connection failed because a proxy asked for a password before it opened a tunnel. */
    static boolean isAsked(Exception error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("through proxy") && message.contains(" 407");
    }

    /** The error for a proxy that asks for a password which it was not given, or does not accept. */
    static HubException refused(String what, String endpointScheme) {
        String scheme = endpointScheme.toLowerCase(Locale.ROOT);
        boolean isTunnel = scheme.equals("https");
        if (System.getProperty(scheme + ".proxyUser") != null && !(isTunnel && isBasicDisabled())) {
            return new HubException(what + " cannot be requested: the proxy does not accept the user and password of -D"
                    + scheme + ".proxyUser and -D" + scheme + ".proxyPassword (status 407).");
        }
        return new HubException(
                what + " cannot be requested: the proxy asks for a password (status 407). Add -D" + scheme
                        + ".proxyUser=USER -D" + scheme + ".proxyPassword=PASSWORD"
                        + (isTunnel ? " -Djdk.http.auth.tunneling.disabledSchemes=" : "") + " to MAVEN_OPTS.");
    }

    /** Java's own default, unless the property is set. */
    private static boolean isBasicDisabled() {
        return System.getProperty("jdk.http.auth.tunneling.disabledSchemes", "Basic")
                .toLowerCase(Locale.ROOT)
                .contains("basic");
    }
}
