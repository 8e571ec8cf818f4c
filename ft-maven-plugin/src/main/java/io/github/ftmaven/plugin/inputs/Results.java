package io.github.ftmaven.plugin.inputs;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.cache.CacheKey;
import io.github.ftmaven.plugin.cache.HeldResult;
import io.github.ftmaven.plugin.cache.ResultCache;
import io.github.ftmaven.plugin.repository.SharedResults;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.inject.Inject;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the result of a stage from where it is kept, this machine or a repository, or has it made and keeps it. Only what
 * is kept can be wrong here, never a build: what cannot be taken is made, and what cannot be kept is told.
 */
public final class Results {
    private static final Pattern REPOSITORY = Pattern.compile("(?:([^:/\\\\]+)::)?([a-zA-Z][a-zA-Z0-9+.-]*:.+)");
    private static final long MEGABYTE = 1_000_000;

    private final SharedResults shared;

    @Inject
    Results(SharedResults shared) {
        this.shared = shared;
    }

    /**
     * What the user says of it.
     *
     * @param size {@code ft.cacheSize}
     * @param repository {@code ft.cacheRepository}
     * @param save {@code ft.cacheRepository.save}
     * @param take whether what is kept is taken
     */
    public record Policy(int size, @Nullable String repository, boolean save, boolean take) {
        private SharedResults.@Nullable Place place() {
            if (repository == null) {
                return null;
            }
            Matcher parts = REPOSITORY.matcher(repository);
            if (!parts.matches()) {
                throw new InvalidInputException(
                        "-Dft.cacheRepository: " + repository
                                + ": not a repository. Write its URL, or ID::URL for the credentials of a server in your settings.");
            }
            return new SharedResults.Place(parts.group(1) == null ? "ft-cache" : parts.group(1), parts.group(2));
        }
    }

    /** Makes a result. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws IOException, DependencyResolutionException, E;
    }

    /** The cache of a goal. */
    public static ResultCache cache(Path directory, Policy policy) {
        if (policy.size() < 0) {
            throw new InvalidInputException(
                    "ft.cacheSize is " + policy.size() + ". Write a number of megabytes, or 0 to keep nothing.");
        }
        return new ResultCache(
                directory.toAbsolutePath().normalize(), policy.size() * MEGABYTE, CacheKey.of(System.getenv()));
    }

    /**
     * Brings about the output of a stage.
     *
     * @param <E> what the work may fail with
     * @return whether it was taken, not made
     */
    public <E extends Exception> boolean bring(
            InputFiles.Goal goal, FineTune fineTune, Policy policy, Stage stage, Stamp stamp, Work<E> work)
            throws IOException, DependencyResolutionException, E {
        SharedResults.Place place = policy.place();
        ResultCache cache = cache(goal.cacheDirectory().toPath(), policy);
        if (cache.maxBytes() == 0) {
            if (place != null) {
                goal.log().warn("ft.cacheRepository has no effect: ft.cacheSize is 0, so nothing is kept.");
            }
            work.run();
            return false;
        }
        try (HeldResult held = cache.hold(stage, fineTune.output(), stamp, goal.log()::info)) {
            if (policy.take() && take(goal, stage, held, "this machine")) {
                return true;
            }
            SharedResults.Name name = new SharedResults.Name(
                    goal.project().getGroupId(), goal.project().getArtifactId() + "-ft-cache", stamp.key());
            if (policy.take()
                    && place != null
                    && fetch(goal, stage, held, place, name)
                    && take(goal, stage, held, place.url())) {
                return true;
            }
            work.run();
            if (keep(goal, stage, held) && place != null && policy.save()) {
                publish(goal, stage, held, place, name);
            }
            return false;
        }
    }

    private static boolean take(InputFiles.Goal goal, Stage stage, HeldResult held, String from) throws IOException {
        try {
            Optional<Instant> made = held.take();
            made.ifPresent(time -> goal.log()
                    .info(stage.title() + ": the same was done before ("
                            + time.truncatedTo(ChronoUnit.SECONDS) + "); its result " + held.shortKey()
                            + " is taken from " + from + "."));
            return made.isPresent();
        } catch (InvalidInputException e) {
            goal.log().warn(stage.title() + ": " + e.getMessage() + ", so it is done again.");
            return false;
        }
    }

    private static boolean keep(InputFiles.Goal goal, Stage stage, HeldResult held) {
        try {
            held.keep();
            return true;
        } catch (IOException e) {
            goal.log()
                    .warn(stage.title() + ": its result " + held.shortKey() + " cannot be kept for later builds: "
                            + FileProblem.of(e));
            return false;
        }
    }

    private boolean fetch(
            InputFiles.Goal goal, Stage stage, HeldResult held, SharedResults.Place place, SharedResults.Name name)
            throws IOException {
        if (goal.session().isOffline()) {
            return false;
        }
        Path directory = temporary(goal);
        try {
            Optional<Path> zip = shared.fetch(place, goal.session().getRepositorySession(), name, directory);
            if (zip.isPresent()) {
                held.bring(zip.get());
            }
            return zip.isPresent();
        } catch (UnavailableException e) {
            goal.log()
                    .warn(stage.title() + ": whether " + place.url()
                            + " has its result cannot be known, so it is done here: " + e.getMessage());
            return false;
        } catch (IOException | InvalidInputException e) {
            goal.log()
                    .warn(stage.title() + ": what " + place.url()
                            + " has as its result is not used, so it is done here: " + e.getMessage());
            return false;
        } finally {
            discard(directory);
        }
    }

    private void publish(
            InputFiles.Goal goal, Stage stage, HeldResult held, SharedResults.Place place, SharedResults.Name name)
            throws IOException {
        if (goal.session().isOffline()) {
            return;
        }
        Path directory = temporary(goal);
        try {
            Path zip = directory.resolve("result.zip");
            held.export(zip);
            shared.publish(place, goal.session().getRepositorySession(), name, zip, directory.resolve("repository"));
            goal.log()
                    .info(stage.title() + ": its result " + held.shortKey() + " is in " + place.url()
                            + " for other machines.");
        } catch (IOException e) {
            goal.log()
                    .warn(stage.title() + ": its result " + held.shortKey() + " cannot be shared: "
                            + FileProblem.of(e));
        } finally {
            discard(directory);
        }
    }

    private static Path temporary(InputFiles.Goal goal) throws IOException {
        Path cache = Files.createDirectories(goal.cacheDirectory().toPath());
        return Files.createTempDirectory(cache, ".shared");
    }

    private static void discard(Path directory) {
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            // Some bytes more in a directory that can be deleted at any time.
        }
    }
}
