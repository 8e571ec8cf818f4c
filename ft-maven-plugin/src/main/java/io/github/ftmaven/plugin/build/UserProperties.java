package io.github.ftmaven.plugin.build;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * The properties that parameters can be set by. Maven itself ignores a property that nobody reads, and takes every word for
 * false that is not true.
 *
 * @param known their names, such as {@code ft.device}, and what the parameters take that read them
 */
record UserProperties(Map<String, Set<Kind>> known) {
    private static final String PREFIX = "ft.";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(ft\\.[^}]+)}");

    /** The only one for which nothing is a value: no arguments. */
    private static final String MAY_BE_EMPTY = "ft.argLine";

    /** What a parameter takes. */
    enum Kind {
        /** One of two words. */
        BOOLEAN("boolean", "true or false"),
        /** An integer. */
        WHOLE("int|long|(java\\.lang\\.)?(Integer|Long)", "a whole number"),
        /** Any number. */
        NUMBER("double|float|(java\\.lang\\.)?(Double|Float)", "a number"),
        /** A path. */
        FILE("java\\.io\\.File", "a path"),
        /** Anything. */
        TEXT(".*", "a text");

        private final Pattern types;
        private final String words;

        Kind(String types, String words) {
            this.types = Pattern.compile(types);
            this.words = words;
        }

        static Kind of(String type) {
            for (Kind kind : values()) {
                if (kind.types.matcher(type).matches()) {
                    return kind;
                }
            }
            return TEXT;
        }

        /** What is wrong with a value that is not empty; nothing if it is right. */
        private String problem(String value) {
            boolean right = switch (this) {
                case BOOLEAN -> value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
                case WHOLE -> value.matches("[+-]?[0-9]{1,18}");
                case NUMBER -> value.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
                case FILE -> !value.contains("${");
                case TEXT -> true;
            };
            if (right) {
                return "";
            }
            return this == FILE ? ": nothing sets what this path names in braces." : ": write " + words + ".";
        }
    }

    /**
     * The properties of a build, by where they were set; those that come first win.
     *
     * @param commandLine also those of {@code .mvn/maven.config}
     * @param jvm the system properties of Maven's own JVM
     * @param project those of the pom, its parents, and the profiles of pom and settings
     */
    record Given(Map<String, String> commandLine, Map<String, String> jvm, Map<String, String> project) {}

    /** Those of all goals of the plugin. */
    static UserProperties of(PluginDescriptor plugin) {
        Map<String, Set<Kind>> known = new HashMap<>();
        for (MojoDescriptor mojo : plugin.getMojos()) {
            for (PlexusConfiguration parameter : mojo.getMojoConfiguration().getChildren()) {
                if (!parameter.getValue("").contains("${ft.")) {
                    continue; // most: each goal of a build looks at all
                }
                EXPRESSION
                        .matcher(parameter.getValue(""))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .forEach(name -> known.computeIfAbsent(name, key -> EnumSet.noneOf(Kind.class))
                                .add(Kind.of(parameter.getAttribute("implementation", ""))));
            }
        }
        return new UserProperties(known);
    }

    /**
     * Refuses what would have no effect, or another one than the user meant.
     *
     * @param readByPom whether the pom itself reads a property
     * @return a sentence about each property of the pom that nobody reads
     * @throws InvalidInputException if a property that was given for this build begins like this plugin's but is none, or
     *     has a value that its parameter does not take
     */
    List<String> check(Given given, Predicate<String> readByPom) {
        List<String> problems = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        own(given.commandLine()).forEach((name, value) -> {
            seen.add(name);
            String problem = known.containsKey(name) ? problem(name, value) : readByPom.test(name) ? "" : unknown(name);
            add(problems, "-D" + name, problem);
        });
        own(given.jvm()).forEach((name, value) -> {
            if (seen.add(name)) {
                String problem =
                        known.containsKey(name) ? problem(name, value) : readByPom.test(name) ? "" : unknown(name);
                add(problems, "-D" + name + ", which MAVEN_OPTS or .mvn/jvm.config sets", problem);
            }
        });
        own(given.project()).forEach((name, value) -> {
            if (!seen.add(name)) {
                return;
            }
            if (known.containsKey(name)) {
                add(problems, "The property " + name + " of the pom or the settings", problem(name, value));
            } else if (!readByPom.test(name)) {
                unread.add("The pom or the settings set the property " + name + ", but no goal of this plugin reads it."
                        + Suggestion.didYouMean(name, known.keySet()));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems));
        }
        return unread;
    }

    private static void add(List<String> problems, String where, String problem) {
        if (!problem.isEmpty()) {
            problems.add(where + problem);
        }
    }

    private String unknown(String name) {
        return ": there is no such property of this plugin." + Suggestion.didYouMean(name, known.keySet())
                + " mvn ft:help -Ddetail lists them.";
    }

    /** What is wrong with a value; nothing if it is right for any goal. */
    private String problem(String name, String value) {
        if (value.isBlank()) {
            return name.equals(MAY_BE_EMPTY) ? "" : " is empty. Give it a value, or leave it out.";
        }
        String problem = "";
        for (Kind kind : known.getOrDefault(name, Set.of())) {
            problem = kind.problem(value);
            if (problem.isEmpty()) {
                return "";
            }
        }
        return " is " + value + problem;
    }

    /** Those that begin like this plugin's, in whatever case, in the order of their names. */
    private static Map<String, String> own(Map<String, String> properties) {
        Map<String, String> own = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                own.put(name, value);
            }
        });
        return own;
    }
}
