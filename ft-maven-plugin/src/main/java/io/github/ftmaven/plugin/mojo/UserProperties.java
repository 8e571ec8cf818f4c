package io.github.ftmaven.plugin.mojo;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.PlexusConfiguration;

/**
 * The properties that parameters can be set by.
 *
 * @param known their names, such as {@code ft.device}
 */
record UserProperties(Set<String> known) {
    private static final String PREFIX = "ft.";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{(ft\\.[^}]+)}");

    /** Refuses what would have no effect; see {@link #check(Collection)}. */
    static void check(PluginDescriptor plugin, Collection<String> given) {
        if (given.stream().anyMatch(name -> name.startsWith(PREFIX))) {
            of(plugin).check(given);
        }
    }

    /** Those of all goals of the plugin. */
    static UserProperties of(PluginDescriptor plugin) {
        Set<String> known = new TreeSet<>();
        for (MojoDescriptor mojo : plugin.getMojos()) {
            for (PlexusConfiguration parameter : mojo.getMojoConfiguration().getChildren()) {
                EXPRESSION
                        .matcher(parameter.getValue(""))
                        .results()
                        .map((MatchResult match) -> match.group(1))
                        .forEach(known::add);
            }
        }
        return new UserProperties(known);
    }

    /**
     * Refuses what would have no effect.
     *
     * @param given the names of the properties on the command line
     * @throws InvalidInputException if one begins like this plugin's but is none
     */
    void check(Collection<String> given) {
        for (String name : new TreeSet<>(given)) {
            if (name.startsWith(PREFIX) && !known.contains(name)) {
                throw new InvalidInputException("-D" + name + ": there is no such property of this plugin."
                        + Suggestion.didYouMean(name, known) + " mvn ft:help -Ddetail lists them.");
            }
        }
    }
}
