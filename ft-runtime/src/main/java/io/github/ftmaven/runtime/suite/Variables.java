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
 * Finds the environment variables, except secrets, that can change a suite's requests or verdicts.
 */
final class Variables {
    private static final Pattern NAMED = Pattern.compile("\\benv\\s*(?:\\.\\s*|\\[\\s*['\"])([A-Za-z_][A-Za-z0-9_]*)");

    /** Variables that set a provider's default server, and how tables are read. */
    private static final List<String> ALWAYS =
            List.of("OPENAI_API_HOST", "OPENAI_API_BASE_URL", "OPENAI_BASE_URL", Table.DELIMITER, Table.STRICT);

    /** The endings of secrets' names: credentials do not influence the results. */
    private static final Pattern SECRET = Pattern.compile("(?i)(.*_)?(KEY|TOKEN|SECRET|PASSWORD)");

    private final Map<String, String> environment;
    private final SortedMap<String, String> used = new TreeMap<>();

    Variables(Map<String, String> environment) {
        this.environment = environment;
        ALWAYS.stream().filter(environment::containsKey).forEach(this::add);
    }

    /** The names in a text, in any syntax of templates. */
    static Set<String> names(String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** The names in a text, in any syntax of templates, except those that the suite itself declares. */
    void addNamedBy(String text, Set<String> declared) {
        Matcher matcher = NAMED.matcher(text);
        while (matcher.find()) {
            if (!declared.contains(matcher.group(1))
                    && !SECRET.matcher(matcher.group(1)).matches()) {
                add(matcher.group(1));
            }
        }
    }

    /**
     * The names in files, such as a prompt's; a surplus name causes a new measurement, a missing one would hide a
     * change.
     */
    void addNamedBy(Set<Path> files, Set<String> declared) {
        for (Path file : files) {
            try {
                addNamedBy(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), declared);
            } catch (IOException e) {
                // The reader of the file reports that it is unreadable.
            }
        }
    }

    private void add(String name) {
        used.put(name, environment.getOrDefault(name, ""));
    }

    /** The values; empty for unset variables. */
    SortedMap<String, String> used() {
        return used;
    }
}
