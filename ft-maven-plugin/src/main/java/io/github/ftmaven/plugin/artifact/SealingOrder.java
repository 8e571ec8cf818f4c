package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.plugin.artifact.MadeBeforeSealing.Made;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Makes sure that other plugins sign, copy or publish an adapter's jar only after it is sealed. */
public final class SealingOrder {
    private static final String ADVICE =
            " run after ft:check: bind it to a later phase, or bind ft:evaluate and ft:check to the"
                    + " phase package. Within a phase Maven runs plugins in the order of the pom, inherited ones first"
                    + " (docs/released.md).";

    private static final Set<String> PUBLISHERS = Set.of(
            "maven-install-plugin:install",
            "maven-deploy-plugin:deploy",
            "nexus-staging-maven-plugin:deploy",
            "central-publishing-maven-plugin:publish");

    private SealingOrder() {}

    /**
     * Rejects a jar if another plugin has already made something from it.
     *
     * @param output the output directory
     * @param declared {@code ft.classifier}
     * @param shown formats a path for messages
     * @throws InvalidInputException with a line for each file
     */
    public static void requireUntouched(
            MavenProject project, Path output, Path jar, @Nullable String declared, Function<Path, String> shown)
            throws IOException {
        String classifier = AdapterFile.classifier(project, declared);
        String root = PackagedAdapter.root(
                project.getGroupId() + ":" + project.getArtifactId() + (classifier.isEmpty() ? "" : ":" + classifier));
        MadeBeforeSealing before = new MadeBeforeSealing(jar, classifier.isEmpty() ? null : classifier, root);
        Optional<Instant> packaged = Reuse.of(project, output).packaged();
        Instant since = packaged.isPresent()
                ? packaged.get()
                : Files.getLastModifiedTime(jar).toInstant();
        List<Made> made = before.find(artifacts(project), since);
        if (!made.isEmpty()) {
            Set<String> plugins = project.getBuildPlugins().stream()
                    .map(Plugin::getArtifactId)
                    .collect(Collectors.toSet());
            throw new InvalidInputException(made.stream()
                    .map(each -> refusal(each, shown.apply(each.file()), shown.apply(jar), plugins))
                    .collect(Collectors.joining("\n")));
        }
    }

    private static String refusal(Made made, String file, String jar, Set<String> plugins) {
        String likely = made.kind().plugins().stream().filter(plugins::contains).collect(Collectors.joining(" or "));
        return made.kind().sentence(file, jar) + " Let " + (likely.isEmpty() ? "the plugin that did this" : likely)
                + ADVICE;
    }

    private static List<MadeBeforeSealing.Artifact> artifacts(MavenProject project) {
        List<MadeBeforeSealing.Artifact> artifacts = new ArrayList<>();
        Stream.concat(Stream.ofNullable(project.getArtifact()), project.getAttachedArtifacts().stream())
                .forEach(artifact -> {
                    File file = artifact.getFile();
                    if (file != null) {
                        artifacts.add(new MadeBeforeSealing.Artifact(
                                file.toPath().toAbsolutePath(), artifact.getClassifier(), extension(artifact)));
                    }
                });
        return artifacts;
    }

    private static String extension(Artifact artifact) {
        return artifact.getArtifactHandler() == null
                ? artifact.getType()
                : artifact.getArtifactHandler().getExtension();
    }

    /**
     * Checks that a build seals the jar before it publishes it.
     *
     * @param plan the goals that the build runs in this project, in order
     * @param plugin the artifactId of this plugin
     * @return a warning if nothing judges the adapter
     * @throws InvalidInputException if the adapter is judged only after it is published
     */
    public static Optional<String> warning(List<MojoExecution> plan, String plugin) {
        List<String> goals = plan.stream()
                .map(execution -> execution.getArtifactId() + ":" + execution.getGoal())
                .toList();
        int packaged = goals.indexOf(plugin + ":package");
        int published = -1;
        for (int i = goals.size() - 1; i > packaged; i--) {
            if (PUBLISHERS.contains(goals.get(i))) {
                published = i;
            }
        }
        int judged = goals.lastIndexOf(plugin + ":check");
        if (packaged < 0 || published < 0 || (judged > packaged && judged < published)) {
            return Optional.empty();
        }
        String publisher = goals.get(published);
        if (judged < packaged) {
            return Optional.of("Nothing in this build judges the adapter: " + publisher
                    + " takes a jar that is not sealed, because ft:check does not run. Run mvn verify, install or"
                    + " deploy.");
        }
        throw new InvalidInputException(
                publisher + " runs before ft:check, so it would publish the jar before it is judged and sealed. Bind"
                        + " ft:check to the phase verify.");
    }
}
