package io.github.ftmaven.runtime.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Removes secrets from results and messages: the values of variables and settings with names like those of secrets,
 * and passwords in URLs. Everything that is written about a suite passes through here.
 */
public final class Secrets {
    /** The replacement for a secret. */
    static final String MASK = "[REDACTED]";

    /** Shorter values, and these words, also occur in many places where they are not secret. */
    private static final int SHORTEST = 5;

    private static final Set<String> WORDS = Set.of("false", "undefined", "EMPTY", "dummy");

    private static final Pattern VARIABLE = Pattern.compile(
            "(?i).*(PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|CREDENTIAL|COOKIE|AUTHORIZATION|PRIVATE|APIKEY|ACCESSKEY).*"
                    + "|(.*[^A-Z])?(KEYS?|AUTH|DSN)([^A-Z].*)?|.+_PWD|DB_?PWD");
    private static final Pattern SETTING = Pattern.compile(
            ".*(password|passwd|passphrase|secret|token|credentials?|cookie|authorization|apikey|accesskey|privatekey)"
                    + "|auth|bearer|signature|sig|pwd|sessionid");
    private static final Set<String> PLAIN_HEADERS =
            Set.of("content-type", "accept", "accept-language", "accept-encoding", "user-agent", "content-length");
    private static final Pattern TEMPLATE = Pattern.compile("[\\w ]*\\{\\{[^{}]*}}");
    private static final Pattern USER = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)[^\\s/?#\"'<>]+@");
    private static final Pattern QUERY =
            Pattern.compile("(?i)([?&][\\w.-]*(?:key|token|secret|password|passwd|signature|sig)=)[^&\\s#\"'<>]+");

    private static final String HEADERS = "headers";

    private final List<String> values;

    private Secrets(Set<String> values) {
        List<String> longestFirst = new ArrayList<>(values);
        longestFirst.sort(Comparator.comparingInt(String::length).reversed());
        this.values = List.copyOf(longestFirst);
    }

    /**
     * Collects the secrets.
     *
     * @param environment variables of the environment
     * @param configurations the configurations of providers and judges, and the variables of tests
     */
    static Secrets of(Map<String, String> environment, List<JsonNode> configurations) {
        Set<String> values = new TreeSet<>();
        environment.forEach((name, value) -> {
            if (isVariable(name)) {
                add(value, values);
            }
        });
        configurations.forEach(each -> collect(each, values));
        return new Secrets(values);
    }

    /** Whether an environment variable has a name like a secret. */
    static boolean isVariable(String name) {
        return VARIABLE.matcher(name).matches();
    }

    /** Whether a key of a configuration, or a variable of a test, has a name like a secret. */
    static boolean isSetting(String name) {
        return SETTING.matcher(name.toLowerCase(Locale.ROOT).replaceAll("[-_\\s]", ""))
                .matches();
    }

    private static void collect(JsonNode node, Set<String> values) {
        node.properties().forEach(each -> {
            JsonNode value = each.getValue();
            if (each.getKey().equals(HEADERS) && value.isObject()) {
                value.properties().forEach(header -> {
                    if (!PLAIN_HEADERS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                        add(header.getValue().asText(), values);
                    }
                });
            } else if (isSetting(each.getKey()) && value.isTextual()) {
                add(value.textValue(), values);
            }
            collect(value, values);
        });
        if (node.isArray()) {
            node.forEach(each -> collect(each, values));
        }
    }

    private static void add(String text, Set<String> values) {
        String value = text.strip();
        int space = value.lastIndexOf(' '); // Bearer and Basic are not secret
        for (String each : List.of(value, value.substring(space + 1))) {
            if (each.length() >= SHORTEST
                    && !WORDS.contains(each)
                    && !TEMPLATE.matcher(each).matches()) {
                values.add(each);
                values.add(URLEncoder.encode(each, StandardCharsets.UTF_8));
                String json = TextNode.valueOf(each).toString();
                values.add(json.substring(1, json.length() - 1));
            }
        }
    }

    /** A text without the secrets. */
    public String masked(String text) {
        String masked = text;
        for (String value : values) {
            masked = masked.replace(value, MASK);
        }
        if (masked.indexOf('@') >= 0) {
            masked = USER.matcher(masked).replaceAll("$1" + MASK + "@");
        }
        return masked.indexOf('=') < 0 ? masked : QUERY.matcher(masked).replaceAll("$1" + MASK);
    }

    /** A JSON value without the secrets in its texts. */
    JsonNode masked(JsonNode node) {
        return masked(node, false);
    }

    /** A configuration without the values of secret settings, except templates. */
    JsonNode maskedSettings(JsonNode node) {
        return masked(node, true);
    }

    private JsonNode masked(JsonNode node, boolean settings) {
        if (node.isTextual()) {
            return TextNode.valueOf(masked(node.textValue()));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(each -> copy.add(masked(each, settings)));
            return copy;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = object.objectNode();
            object.properties().forEach(each -> {
                String name = each.getKey();
                JsonNode value = each.getValue();
                boolean hidden = settings
                        && value.isTextual()
                        && isSetting(name)
                        && !TEMPLATE.matcher(value.textValue()).matches();
                copy.set(masked(name), hidden ? TextNode.valueOf(MASK) : masked(value, settings));
            });
            return copy;
        }
        return node;
    }
}
