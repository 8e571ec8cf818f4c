package io.github.ftmaven.plugin.repository;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.model.DeploymentRepository;
import org.apache.maven.model.DistributionManagement;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * The repositories that a project's releases are deployed to: those in {@code distributionManagement}, and those that
 * parameters of maven-deploy-plugin select instead. All of them count: a build that overrides the repository does not
 * affect what other builds released.
 */
public final class DeployTargets {
    private static final List<String> ALTERNATIVES =
            List.of("altReleaseDeploymentRepository", "altDeploymentRepository");

    /** As maven-deploy-plugin reads it. Older versions of that plugin require the layout. */
    private static final Pattern ALTERNATIVE = Pattern.compile("([^:]+)::(?:default::)?([a-zA-Z][a-zA-Z0-9+.-]*:.+)");

    private DeployTargets() {}

    /**
     * A deployment repository.
     *
     * @param id the ID of the server whose credentials in the settings are used
     */
    public record Target(String id, String url) {}

    /**
     * The deployment repositories of a project.
     *
     * @param userProperties the properties of the command line
     * @throws InvalidInputException if the deploy plugin could not read an alternative
     */
    public static List<Target> of(MavenProject project, Properties userProperties) {
        List<Target> targets = new ArrayList<>();
        for (String name : ALTERNATIVES) {
            String declared = declared(name, project, userProperties);
            if (declared != null) {
                Matcher parts = ALTERNATIVE.matcher(declared);
                if (!parts.matches()) {
                    throw new InvalidInputException(name + " is " + declared
                            + ": not a repository, so this build cannot look for releases there. Write ID::URL.");
                }
                targets.add(new Target(parts.group(1).strip(), parts.group(2).strip()));
            }
        }
        DistributionManagement distribution = project.getDistributionManagement();
        DeploymentRepository releases = distribution == null ? null : distribution.getRepository();
        if (releases != null && releases.getUrl() != null) {
            targets.add(new Target(releases.getId(), releases.getUrl()));
        }
        return targets;
    }

    /** As in Maven, the POM's configuration overrides a property. */
    private static @Nullable String declared(String name, MavenProject project, Properties userProperties) {
        Xpp3Dom configuration = project.getGoalConfiguration(
                "org.apache.maven.plugins", "maven-deploy-plugin", "default-deploy", "deploy");
        Xpp3Dom child = configuration == null ? null : configuration.getChild(name);
        String configured = child == null ? null : child.getValue();
        // If the property is not set, its reference remains and the parameter is unset.
        if (configured != null && !configured.isBlank() && !configured.contains("${")) {
            return configured.strip();
        }
        String property =
                userProperties.getProperty(name, project.getProperties().getProperty(name));
        return property == null || property.isBlank() ? null : property.strip();
    }
}
