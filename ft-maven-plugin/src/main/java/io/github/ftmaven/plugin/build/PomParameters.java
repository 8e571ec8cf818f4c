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
 * The parameters of all goals, as a pom's configuration of the plugin names them. Maven 3.8 ignores one that it does not
 * know, and later ones only warn.
 *
 * @param known their names, and whether each is true or false
 */
record PomParameters(Map<String, Boolean> known) {
    /** Those of all goals of the plugin. */
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
     * Refuses what would have no effect, or another one than the user meant.
     *
     * @param plugin the plugin as the pom declares it
     * @throws InvalidInputException if no goal has a parameter that is set, or if one is set to what it does not take
     */
    void check(Plugin plugin) {
        Map<String, String> problems = new TreeMap<>();
        check(plugin, problems);
        // Maven has put the plugin's configuration into that of each execution.
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
