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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * The properties that set parameters. Maven itself ignores unused properties, and treats every word other than true as
 * false.
 *
 * @param known their names, such as {@code ft.device}, and the kinds of the parameters that read them
 */
record UserProperties(Map<String, Set<Kind>> known) {
    private static final String PREFIX = "ft.";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(ft\\.[^}]+)}");

    /** The only property that may be empty: it then means no arguments. */
    private static final String MAY_BE_EMPTY = "ft.argLine";

    /** The kind of value a parameter accepts. */
    enum Kind {
        /** True or false. */
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

        /** The problem with a value that is not empty; empty if the value is valid. */
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
            return this == FILE ? ": the property in braces is not set." : ": write " + words + ".";
        }
    }

    /**
     * The properties of a build, by where they were set. Earlier sources override later ones.
     *
     * @param commandLine the user properties, including those of {@code .mvn/maven.config}
     * @param jvm the system properties of Maven's own JVM
     * @param project the properties of the pom, its parents, and the profiles of pom and settings
     */
    record Given(Map<String, String> commandLine, Map<String, String> jvm, Map<String, String> project) {}

    /** The properties of all goals of the plugin. */
    static UserProperties of(PluginDescriptor plugin) {
        Map<String, Set<Kind>> known = new HashMap<>();
        for (MojoDescriptor mojo : plugin.getMojos()) {
            for (PlexusConfiguration parameter : mojo.getMojoConfiguration().getChildren()) {
                String value = parameter.getValue("");
                if (!value.contains("${ft.")) {
                    continue; // most parameters
                }
                Matcher expression = EXPRESSION.matcher(value);
                while (expression.find()) {
                    known.computeIfAbsent(expression.group(1), key -> EnumSet.noneOf(Kind.class))
                            .add(Kind.of(parameter.getAttribute("implementation", "")));
                }
            }
        }
        return new UserProperties(known);
    }

    /**
     * Rejects properties that would have no effect, or not the effect the user intended.
     *
     * @param readByPom whether the pom itself reads a property
     * @return a sentence about each unused property of the pom
     * @throws InvalidInputException if a property of this build has the plugin's prefix but is unknown, or its value is
     * not valid
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
                add(problems, "-D" + name + ", set in MAVEN_OPTS or .mvn/jvm.config", problem);
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

    /** The problem with a value; empty if it is valid for any goal. */
    private String problem(String name, String value) {
        if (value.isBlank()) {
            return name.equals(MAY_BE_EMPTY) ? "" : " is empty. Set a value or remove it.";
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

    /** The properties with this plugin's prefix in any case, sorted by name. */
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
