package io.github.ftmaven.runtime.suite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which variables of the environment a suite depends on, secrets aside: with other values it asks, or judges by, something
 * else.
 */
final class Variables {
    private static final Pattern NAMED = Pattern.compile("\\benv\\s*(?:\\.\\s*|\\[\\s*['\"])([A-Za-z_][A-Za-z0-9_]*)");

    /** Who is asked where a provider does not say, and how tables are read. */
    private static final List<String> ALWAYS =
            List.of("OPENAI_API_HOST", "OPENAI_API_BASE_URL", "OPENAI_BASE_URL", Table.DELIMITER, Table.STRICT);

    /** As names of secrets end: who is allowed to ask is no part of what is asked. */
    private static final Pattern SECRET = Pattern.compile("(?i)(.*_)?(KEY|TOKEN|SECRET|PASSWORD)");

    private final Map<String, String> environment;
    private final SortedMap<String, String> used = new TreeMap<>();

    Variables(Map<String, String> environment) {
        this.environment = environment;
        ALWAYS.stream().filter(environment::containsKey).forEach(this::add);
    }

    /** The names in a text, in any template's way. */
    static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** Those that a text names in any template's way, but for what the suite declares itself. */
    void addNamedBy(String text, Set<String> declared) {
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            if (!declared.contains(matcher.group(1))
                    && !SECRET.matcher(matcher.group(1)).matches()) {
                add(matcher.group(1));
            }
        }
    }

    /** Those that files name, such as a prompt's; one too many measures anew, one too few would not. */
    void addNamedBy(Set<Path> files, Set<String> declared) {
        for (Path file : files) {
            try {
                addNamedBy(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), declared);
            } catch (IOException e) {
                // Whoever needs it says that it cannot be read.
            }
        }
    }

    private void add(String name) {
        used.put(name, environment.getOrDefault(name, ""));
    }

    /** Their values; empty for one that is not set. */
    SortedMap<String, String> used() {
        return used;
    }
}
