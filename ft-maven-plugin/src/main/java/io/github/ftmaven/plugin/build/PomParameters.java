package io.github.ftmaven.plugin.build;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * The parameters of all goals, by their names in the plugin's configuration in a pom. Maven 3.8 ignores unknown
 * parameters, and later versions only warn about them.
 *
 * @param known their names, and whether each is a boolean
 */
record PomParameters(Map<String, Boolean> known) {
    /** The parameters of all goals of the plugin. */
    static PomParameters of(PluginDescriptor plugin) {
        Map<String, Boolean> known = new HashMap<>();
        for (MojoDescriptor mojo : plugin.getMojos()) {
            for (Parameter parameter : mojo.getParameters() == null ? List.<Parameter>of() : mojo.getParameters()) {
                known.put(parameter.getName(), "boolean".equals(parameter.getType()));
            }
        }
        return new PomParameters(known);
    }

    /**
     * Rejects settings that would have no effect, or not the effect the user intended.
     *
     * @param plugin the plugin as the pom declares it
     * @throws InvalidInputException if no goal has a parameter that is set, or if its value is not valid
     */
    void check(Plugin plugin) {
        Map<String, String> problems = new TreeMap<>();
        check(plugin, problems);
        // Maven has merged the plugin's configuration into each execution's.
        plugin.getExecutions().forEach(execution -> check(execution, problems));
        if (!problems.isEmpty()) {
            throw new InvalidInputException(String.join("\n", problems.values()));
        }
    }

    private void check(ConfigurationContainer container, Map<String, String> problems) {
        if (!(container.getConfiguration() instanceof Xpp3Dom configuration)) {
            return;
        }
        for (Xpp3Dom parameter : configuration.getChildren()) {
            String name = parameter.getName();
            String value =
                    parameter.getValue() == null ? "" : parameter.getValue().strip();
            String place = "<" + name + "> in the pom's configuration of ft-maven-plugin";
            Boolean isBoolean = known.get(name);
            if (isBoolean == null) {
                problems.put(
                        name,
                        place + ": no goal has such a parameter." + Suggestion.didYouMean(name, known.keySet())
                                + " mvn ft:help -Ddetail lists them.");
            } else if (isBoolean && !value.contains("${") && !value.matches("(?i)(true|false)?")) {
                problems.put(name, place + " is " + value + ": write true or false.");
            }
        }
    }
}
