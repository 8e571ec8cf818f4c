package io.github.ftmaven.plugin.inputs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.Locator.Kind;
import io.github.ftmaven.plugin.NotHereException;
import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.artifact.Provenance;
import io.github.ftmaven.plugin.repository.DeployTargets;
import io.github.ftmaven.plugin.repository.ModelArtifacts;
import io.github.ftmaven.plugin.repository.ReleaseRepositories;
import io.github.ftmaven.plugin.repository.ReleasedAdapters;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Released;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Wanted;
import io.github.ftmaven.plugin.source.Coordinates;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter;
import io.github.ftmaven.runtime.acceptance.ReleasedAdapter.State;
import io.github.ftmaven.runtime.adapter.PackagedAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Suggestion;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.job.ReleasedModel;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.scores.Scores;
import io.github.ftmaven.runtime.scores.SealedEvaluation;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.inject.Inject;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/** Finds the baseline for rules over the released adapter. */
public final class Baselines {
    private static final String PROPERTY = "ft.baseline";
    private static final Pattern COORDINATES = Pattern.compile("(mvn:)?[^:/\\\\]{2,}(:[^:/\\\\]+){2,4}");
    private static final List<String> ON_UNAVAILABLE = List.of("fail", "warn");

    private final ReleasedAdapters released;
    private final ModelArtifacts artifacts;
    private final InputFiles inputFiles;

    @Inject
    Baselines(ReleasedAdapters released, ModelArtifacts artifacts, InputFiles inputFiles) {
        this.released = released;
        this.artifacts = artifacts;
        this.inputFiles = inputFiles;
    }

    /**
     * The user's choice of the baseline.
     *
     * @param declared {@code ft.baseline}; null for the last release
     * @param onUnavailable {@code ft.baseline.onUnavailable}
     * @param versionPattern {@code ft.baseline.versionPattern}
     * @param classifier the packaged adapter's classifier; empty if it has none
     */
    public record Choice(
            @Nullable String declared,
            String onUnavailable,
            @Nullable String versionPattern,
            String classifier) {}

    /**
     * A release on this machine.
     *
     * @param adapter identifies it, or says why there is none
     * @param coordinates its {@code groupId:artifactId:version}; null for a plain file
     * @param jar its file; null if there is none
     */
    public record Release(
            ReleasedAdapter adapter,
            @Nullable String coordinates,
            @Nullable Path jar) {}

    /**
     * Finds the baseline as a model to compare with.
     *
     * @return null if no rule compares with it; then no repository is asked
     * @throws UnavailableException if the last release cannot be determined or downloaded
     */
    @Nullable
    public ReleasedModel find(InputFiles.Goal goal, FineTune fineTune, Choice choice, DigestCache digests)
            throws IOException {
        return ReleasedAdapter.isWanted(fineTune.spec().acceptance())
                ? model(goal, fineTune, release(goal, fineTune, choice, digests), digests)
                : null;
    }

    /** A release as a model to compare with. */
    public ReleasedModel model(InputFiles.Goal goal, FineTune fineTune, Release release, DigestCache digests)
            throws IOException {
        Path jar = release.jar();
        return jar == null
                ? new ReleasedModel(release.adapter(), null, null, null)
                : found(goal, fineTune, release, jar, digests);
    }

    /**
     * Finds the baseline, whether or not a rule compares with it.
     *
     * @throws UnavailableException if the last release cannot be determined or downloaded
     */
    public Release release(InputFiles.Goal goal, FineTune fineTune, Choice choice, DigestCache digests)
            throws IOException {
        boolean tolerant = isTolerant(choice);
        Pattern versions = pattern(choice.versionPattern());
        String declared = choice.declared();
        if (declared == null) {
            return last(goal, choice, tolerant, versions, digests);
        }
        if (declared.equals("none")) {
            return none(State.DISABLED, PROPERTY + " is none.");
        }
        if (COORDINATES.matcher(declared).matches()) {
            String coordinates = declared.startsWith(Coordinates.PREFIX) ? declared : Coordinates.PREFIX + declared;
            Coordinates parsed = Coordinates.parse("-D" + PROPERTY, coordinates);
            parsed.requirePinned("-D" + PROPERTY, goal.release());
            Path jar = artifacts
                    .of(goal.project(), goal.session().getRepositorySession())
                    .resolve("-D" + PROPERTY, parsed);
            return here(
                    coordinates.substring(Coordinates.PREFIX.length()),
                    parsed.groupId() + ":" + parsed.artifactId() + ":" + parsed.version(),
                    jar,
                    digests);
        }
        Path jar = fineTune.project().resolve(declared).normalize();
        if (!Files.isRegularFile(jar)) {
            throw new InvalidInputException("-D" + PROPERTY + ": " + declared + ": no such file. Write the path of a"
                    + " released adapter's jar, GROUP:ARTIFACT:VERSION[:jar:CLASSIFIER], or none.");
        }
        return here(String.valueOf(jar.getFileName()), null, jar, digests);
    }

    private Release last(
            InputFiles.Goal goal, Choice choice, boolean tolerant, @Nullable Pattern versions, DigestCache digests)
            throws IOException {
        MavenProject project = goal.project();
        Wanted wanted = new Wanted(
                project.getGroupId(),
                project.getArtifactId(),
                choice.classifier(),
                project.getVersion(),
                versions,
                tolerant);
        List<String> unknown = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        Optional<Released> last = released.last(
                repositories(goal), goal.session().getRepositorySession(), wanted, new ReleasedAdapters.Listener() {
                    @Override
                    public void asked(String sentence) {
                        goal.log().info(sentence);
                    }

                    @Override
                    public void passedOver(String sentence) {
                        goal.log().info(sentence);
                    }

                    @Override
                    public void altered(String sentence) {
                        goal.log().warn(sentence);
                    }

                    @Override
                    public void unavailable(String sentence) {
                        goal.log().warn(sentence);
                        unknown.add(sentence);
                    }

                    @Override
                    public void none(String reason) {
                        reasons.add(reason);
                    }
                });
        if (last.isPresent()) {
            goal.log()
                    .info("The last release is " + last.get().name() + ", in "
                            + last.get().repository() + ".");
            return here(last.get().name(), last.get().name(), last.get().file(), digests);
        }
        if (!unknown.isEmpty()) {
            return none(
                    State.UNAVAILABLE,
                    "the last release could not be determined, and " + PROPERTY + ".onUnavailable is warn.");
        }
        return none(State.FIRST_RELEASE, "this is the first release: " + String.join("", reasons) + ".");
    }

    private ReleaseRepositories repositories(InputFiles.Goal goal) {
        return released.repositories(
                goal.project().getRemoteProjectRepositories(),
                goal.session().getRepositorySession(),
                DeployTargets.of(goal.project(), goal.session().getUserProperties()));
    }

    private static Release none(State state, String reason) {
        return new Release(ReleasedAdapter.none(state, reason), null, null);
    }

    private static Release here(String name, @Nullable String coordinates, Path jar, DigestCache digests)
            throws IOException {
        return new Release(
                new ReleasedAdapter(State.RELEASED, name, digests.adapter(jar), "compared with " + name + "."),
                coordinates,
                jar);
    }

    private ReleasedModel found(InputFiles.Goal goal, FineTune fineTune, Release release, Path jar, DigestCache digests)
            throws IOException {
        ReleasedAdapter baseline = release.adapter();
        String name = Objects.requireNonNull(baseline.name());
        Scores scores = SealedEvaluation.read(jar, name, release.coordinates());
        Path test = fineTune.output().resolve("dataset/test.jsonl"); // does not exist yet when ft:fetch runs
        boolean measured = Files.isRegularFile(test) && scores.test().digest().equals(digests.sha256(test));
        try {
            // If the test set differs, the release must be measured again, which needs its base.
            Located base = base(goal, fineTune, name, jar, digests, !measured);
            return new ReleasedModel(baseline, fineTune.shown(jar), inputs(fineTune, base), null);
        } catch (NotHereException e) {
            return new ReleasedModel(baseline, fineTune.shown(jar), null, e.getMessage() + ".");
        } catch (InvalidInputException e) {
            return new ReleasedModel(baseline, fineTune.shown(jar), null, e.getMessage());
        }
    }

    /** The base that the released adapter was trained on: this build's base, or the base in the release's spec. */
    private Located base(
            InputFiles.Goal goal, FineTune fineTune, String name, Path jar, DigestCache digests, boolean fetch)
            throws IOException {
        ObjectNode provenance;
        FineTuneSpec spec;
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, name)) {
            provenance = JsonFile.parse(
                    name + "!/provenance.json",
                    required(adapter, name, "provenance.json"),
                    "Compare with another release.");
            spec = SpecReader.parse(required(adapter, name, "fine-tune.yaml"), name + "!/fine-tune.yaml");
        }
        Located today = fineTune.located().base();
        if (Provenance.isOf(provenance, fineTune.base(), spec.readsWeights(), digests)) {
            return today;
        }
        // Properties in the spec may have had other values at that time.
        String declared = spec.base().model().startsWith(Coordinates.PREFIX)
                ? Provenance.model(provenance)
                : spec.base().model();
        Located own = inputFiles.locate(
                goal,
                fineTune,
                "base.model of " + name,
                declared,
                spec.readsWeights() ? Kind.MODEL : Kind.CONFIGURATION,
                fetch);
        if (!Files.isDirectory(own.path())
                || !Provenance.isOf(
                        provenance,
                        ModelDirectory.reopen(
                                own.path(), own.display(), spec.base().ignoreKeys()),
                        spec.readsWeights(),
                        digests)) {
            throw new InvalidInputException("it was trained on another base, " + declared + ", which is missing or"
                    + " has changed. Compare with another release (-Dft.baseline=GROUP:ARTIFACT:VERSION) or"
                    + " none (-Dft.baseline=none), and declare bases as hf:ORG/NAME@COMMIT or"
                    + " mvn:GROUP:ARTIFACT:VERSION, which cannot change.");
        }
        return own;
    }

    private static byte[] required(PackagedAdapter adapter, String name, String file) throws IOException {
        return adapter.read(file)
                .orElseThrow(() -> new InvalidInputException(name + ": does not contain " + file + "."));
    }

    private static Inputs inputs(FineTune fineTune, Located base) {
        return new Inputs(fineTune.shown(base.path()), base.display(), base.name(), base.revision(), null);
    }

    private static boolean isTolerant(Choice choice) {
        if (!ON_UNAVAILABLE.contains(choice.onUnavailable())) {
            throw new InvalidInputException("-D" + PROPERTY + ".onUnavailable is " + choice.onUnavailable()
                    + ". Write fail or warn." + Suggestion.didYouMean(choice.onUnavailable(), ON_UNAVAILABLE));
        }
        return choice.onUnavailable().equals("warn");
    }

    private static @Nullable Pattern pattern(@Nullable String regex) {
        try {
            return regex == null ? null : Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new InvalidInputException(
                    "-D" + PROPERTY + ".versionPattern: " + regex + ": not a regular expression: " + e.getDescription()
                            + ". Write one that matches whole versions of releases, such as [0-9.]+.",
                    e);
        }
    }
}
