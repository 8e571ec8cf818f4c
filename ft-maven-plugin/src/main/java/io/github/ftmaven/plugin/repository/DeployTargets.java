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
 * Where a project's releases are deployed to: what {@code distributionManagement} names, and what the parameters of
 * maven-deploy-plugin put in its place. A build that overrides it, such as one that deploys to a directory first, does not
 * unmake what other builds released, so all of them count.
 */
public final class DeployTargets {
    private static final List<String> ALTERNATIVES =
            List.of("altReleaseDeploymentRepository", "altDeploymentRepository");

    /** As maven-deploy-plugin reads it; the layout is what older versions of it want. */
    private static final Pattern ALTERNATIVE = Pattern.compile("([^:]+)::(?:default::)?([a-zA-Z][a-zA-Z0-9+.-]*:.+)");

    private DeployTargets() {}

    /**
     * A repository that is deployed to.
     *
     * @param id whose credentials in the settings are used
     */
    public record Target(String id, String url) {}

    /**
     * Those of a project.
     *
     * @param userProperties the properties of the command line
     * @throws InvalidInputException if an alternative is written otherwise than the deploy plugin reads it
     */
    public static List<Target> of(MavenProject project, Properties userProperties) {
        List<Target> targets = new ArrayList<>();
        for (String name : ALTERNATIVES) {
            String declared = declared(name, project, userProperties);
            if (declared != null) {
                Matcher parts = ALTERNATIVE.matcher(declared);
                if (!parts.matches()) {
                    throw new InvalidInputException(name + " is " + declared
                            + ": not a repository, so its releases cannot be looked for. Write ID::URL.");
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

    /** As Maven does it: what the POM configures stands before a property. */
    private static @Nullable String declared(String name, MavenProject project, Properties userProperties) {
        Xpp3Dom configuration = project.getGoalConfiguration(
                "org.apache.maven.plugins", "maven-deploy-plugin", "default-deploy", "deploy");
        Xpp3Dom child = configuration == null ? null : configuration.getChild(name);
        String configured = child == null ? null : child.getValue();
        // A property that nobody sets leaves its reference, and the parameter unset.
        if (configured != null && !configured.isBlank() && !configured.contains("${")) {
            return configured.strip();
        }
        String property =
                userProperties.getProperty(name, project.getProperties().getProperty(name));
        return property == null || property.isBlank() ? null : property.strip();
    }
}
