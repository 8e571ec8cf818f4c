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
 * Reuses the result of a stage from this machine's cache or a shared repository, or computes and caches it. Cache
 * problems never fail a build: a result that cannot be read is computed, and a result that cannot be stored causes a
 * warning.
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
     * The user's cache settings.
     *
     * @param size {@code ft.cacheSize}
     * @param repository {@code ft.cacheRepository}
     * @param save {@code ft.cacheRepository.save}
     * @param take whether cached results may be used
     */
    public record Policy(int size, @Nullable String repository, boolean save, boolean take) {
        private SharedResults.@Nullable Place place() {
            if (repository == null) {
                return null;
            }
            Matcher parts = REPOSITORY.matcher(repository);
            if (!parts.matches()) {
                throw new InvalidInputException("-Dft.cacheRepository: " + repository
                        + ": not a repository. Write its URL, or ID::URL for the credentials of a server in"
                        + " your settings.");
            }
            return new SharedResults.Place(parts.group(1) == null ? "ft-cache" : parts.group(1), parts.group(2));
        }
    }

    /** Computes a result. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws IOException, DependencyResolutionException, E;
    }

    /** The cache that a goal uses. */
    public static ResultCache cache(Path directory, Policy policy) {
        if (policy.size() < 0) {
            throw new InvalidInputException(
                    "ft.cacheSize is " + policy.size() + ". Write a number of megabytes, or 0 to disable the cache.");
        }
        return new ResultCache(
                directory.toAbsolutePath().normalize(), policy.size() * MEGABYTE, CacheKey.of(System.getenv()));
    }

    /**
     * Provides the output of a stage, from the cache if possible.
     *
     * @param <E> the exception that the work may throw
     * @return whether the result was reused, not computed
     */
    public <E extends Exception> boolean bring(
            InputFiles.Goal goal, FineTune fineTune, Policy policy, Stage stage, Stamp stamp, Work<E> work)
            throws IOException, DependencyResolutionException, E {
        SharedResults.Place place = policy.place();
        ResultCache cache = cache(goal.cacheDirectory().toPath(), policy);
        if (cache.maxBytes() == 0) {
            if (place != null) {
                goal.log().warn("ft.cacheRepository has no effect, because ft.cacheSize is 0 and disables the cache.");
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
                    .info(stage.title() + ": reusing the cached result " + held.shortKey() + " from " + from
                            + " (computed " + time.truncatedTo(ChronoUnit.SECONDS) + ")."));
            return made.isPresent();
        } catch (InvalidInputException e) {
            goal.log().warn(stage.title() + ": " + e.getMessage() + ", so it is computed again.");
            return false;
        }
    }

    private static boolean keep(InputFiles.Goal goal, Stage stage, HeldResult held) {
        try {
            held.keep();
            return true;
        } catch (IOException e) {
            goal.log()
                    .warn(stage.title() + ": could not cache its result " + held.shortKey() + ": " + FileProblem.of(e));
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
                    .warn(stage.title() + ": could not check " + place.url() + " for its result, so it is computed"
                            + " here: " + e.getMessage());
            return false;
        } catch (IOException | InvalidInputException e) {
            goal.log()
                    .warn(stage.title() + ": the result in " + place.url() + " cannot be used, so it is computed"
                            + " here: " + e.getMessage());
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
            goal.log().info(stage.title() + ": uploaded its result " + held.shortKey() + " to " + place.url() + ".");
        } catch (IOException e) {
            goal.log()
                    .warn(stage.title() + ": could not upload its result " + held.shortKey() + ": "
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
            // The leftover is in the cache, which can be deleted at any time.
        }
    }
}
