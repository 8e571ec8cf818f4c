package io.github.ftmaven.runtime.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.http.ProxyHint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Downloads models and datasets from a Hugging Face hub. Cached files are never requested again: for a pinned revision whose files
 * are all cached, no request is made at all.
 */
public final class Hub {
    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors");

    private final HubSettings settings;
    private final HubListener listener;
    private final HubClient client;

    /** Prepares to fetch from a hub. */
    public Hub(HubSettings settings, HubListener listener) {
        this(settings, listener, duration -> Thread.sleep(duration.toMillis()));
    }

    Hub(HubSettings settings, HubListener listener, Retries.Sleeper sleeper) {
        this.settings = settings;
        this.listener = listener;
        this.client = new HubClient(
                settings,
                listener,
                new Retries(
                        sleeper,
                        listener,
                        ProxyHint.of(settings.endpoint().getScheme(), System.getenv(), System::getProperty)));
    }

    /** The hub's settings. */
    public HubSettings settings() {
        return settings;
    }

    /** Returns a model's files if all wanted ones are cached. Never uses the network. */
    public Optional<HubSnapshot> cached(HubRepository model, HubFiles wanted) throws IOException {
        HubCache cache = new HubCache(settings.cache(), model.folder());
        Optional<String> commit = commit(model);
        if (commit.isEmpty() || !missing(cache, commit.get(), wanted).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HubSnapshot(cache.snapshot(commit.get()), commit.get()));
    }

    /**
     * Returns a model's files, after downloading the missing ones.
     *
     * @throws InvalidInputException if the hub has no such model, denies access to it, or lacks a required file; or if
     *     files are missing and the network must not be used
     * @throws HubException if the hub cannot be reached, or sends other content than announced
     */
    public HubSnapshot fetch(HubRepository model, HubFiles wanted) throws IOException {
        HubCache cache = new HubCache(settings.cache(), model.folder());
        if (settings.offline()) {
            return cached(model, wanted).orElseThrow(() -> offline(cache, model, wanted));
        }
        String commit = commit(cache, model, wanted);
        for (String file : wanted.required()) {
            if (!fetch(cache, model, commit, file)) {
                throw new InvalidInputException(model + ": the " + model.noun() + " has no " + file + ".");
            }
        }
        for (String file : wanted.optional()) {
            fetch(cache, model, commit, file);
        }
        fetchWeights(cache, model, commit, wanted.weights());
        return new HubSnapshot(cache.snapshot(commit), commit);
    }

    /** The commit of a repository's revision, as far as it is known without the network. */
    public Optional<String> commit(HubRepository model) throws IOException {
        return model.isPinned()
                ? Optional.of(model.revision())
                : new HubCache(settings.cache(), model.folder()).commit(model.revision());
    }

    /**
     * Asks for the files of a repository.
     *
     * @throws InvalidInputException if the hub has no such repository, denies access to it, or the network must not be
     *     used
     * @throws HubException if the hub cannot be reached
     */
    public HubListing list(HubRepository model) throws IOException {
        if (settings.offline()) {
            throw new InvalidInputException(model + ": the list of its files is not on this machine, and the build is"
                    + " offline. Build once online, or name the files without a glob.");
        }
        HubListing listing = client.list(model);
        if (!model.isPinned()) {
            new HubCache(settings.cache(), model.folder()).recordCommit(model.revision(), listing.commit());
        }
        return listing;
    }

    private String commit(HubCache cache, HubRepository model, HubFiles wanted) throws IOException {
        if (model.isPinned()) {
            return model.revision();
        }
        String file = wanted.required().get(0);
        String commit = client.describe(model, model.revision(), file)
                .orElseThrow(() -> new InvalidInputException(model + ": the " + model.noun() + " has no " + file + "."))
                .commit();
        cache.recordCommit(model.revision(), commit);
        return commit;
    }

    private void fetchWeights(HubCache cache, HubRepository model, String commit, List<String> candidates)
            throws IOException {
        for (String candidate : candidates) {
            if (fetch(cache, model, commit, candidate)) {
                for (String shard : shards(cache.snapshot(commit).resolve(candidate), model + "/" + candidate)) {
                    if (!fetch(cache, model, commit, shard)) {
                        throw new InvalidInputException(model + ": the " + model.noun() + " has no " + shard
                                + ", although " + candidate + " lists it.");
                    }
                }
                return;
            }
        }
        if (!candidates.isEmpty()) {
            throw new InvalidInputException(
                    model + ": the " + model.noun() + " has neither " + String.join(" nor ", candidates)
                            + ". Weights in other formats (pytorch_model.bin, GGUF) are not supported.");
        }
    }

    /**
     * Downloads a file unless it is cached.
     *
     * @return whether the commit has the file
     */
    private boolean fetch(HubCache cache, HubRepository model, String commit, String file) throws IOException {
        if (cache.has(commit, file)) {
            return true;
        }
        if (cache.lacks(commit, file)) {
            return false;
        }
        Optional<HubBlob> described = client.describe(model, commit, file);
        if (described.isEmpty()) {
            cache.recordAbsence(commit, file);
            return false;
        }
        HubBlob blob = described.get();
        if (!blob.commit().equals(commit)) {
            throw new HubException(model + ": the hub answered with commit " + blob.commit()
                    + " instead of the requested " + commit + ".");
        }
        cache.locked(blob.digest(), () -> {
            if (Files.exists(cache.blob(blob.digest()))) {
                cache.link(blob.digest(), commit, file);
            } else if (!cache.has(commit, file)) {
                cache.link(download(cache, model, file, blob), commit, file);
            }
        });
        return true;
    }

    /** Returns the name of the content in the cache: a digest that holds for as long as it is there. */
    private String download(HubCache cache, HubRepository model, String file, HubBlob blob) throws IOException {
        Path part = cache.incomplete(blob.digest());
        if (blob.known() == HubBlob.Known.NONE) {
            Files.deleteIfExists(part); // without a digest, nothing tells whether it belongs to this content
        }
        boolean resumed = Files.exists(part);
        client.download(model, file, blob, part);
        if (resumed && !blob.is(part)) {
            // An earlier partial download may belong to other content.
            Files.delete(part);
            client.download(model, file, blob, part);
        }
        if (!blob.is(part)) {
            Files.delete(part);
            throw new HubException(model + "/" + file + ": the download is damaged: its " + blob.proof()
                    + ". The file was deleted. Try again; if the error persists, something between here and "
                    + settings.endpoint().getAuthority() + " changes files.");
        }
        if (blob.known() == HubBlob.Known.NONE) {
            listener.unverified(settings.endpoint().getAuthority() + " announced no digest of " + file
                    + ", so only its size was verified.");
        }
        String name = blob.nameOf(part);
        Files.move(part, cache.blob(name), StandardCopyOption.ATOMIC_MOVE);
        return name;
    }

    private InvalidInputException offline(HubCache cache, HubRepository model, HubFiles wanted) {
        try {
            String commit = model.isPinned()
                    ? model.revision()
                    : cache.commit(model.revision()).orElse("");
            return new InvalidInputException(model + ": the " + model.noun() + " is not in " + settings.cache() + " ("
                    + (commit.isEmpty()
                            ? "the revision is unknown there"
                            : "missing: " + String.join(", ", missing(cache, commit, wanted)))
                    + "), and the build is offline. Build once online.");
        } catch (IOException e) {
            return new InvalidInputException(model + ": cannot be read in " + settings.cache() + ".", e);
        }
    }

    /** The wanted files whose presence or absence is unknown. */
    private List<String> missing(HubCache cache, String commit, HubFiles wanted) throws IOException {
        List<String> missing = new ArrayList<>();
        wanted.required().stream().filter(file -> !cache.has(commit, file)).forEach(missing::add);
        // The official client lists a folder, and records no missing files in it. Offline, a file without a record
        // counts as missing.
        wanted.optional().stream()
                .filter(file -> !settings.offline() || !file.contains("/"))
                .filter(file -> !cache.has(commit, file) && !cache.lacks(commit, file))
                .forEach(missing::add);
        for (String candidate : wanted.weights()) {
            if (cache.has(commit, candidate)) {
                for (String shard : shards(cache.snapshot(commit).resolve(candidate), candidate)) {
                    if (!cache.has(commit, shard)) {
                        missing.add(shard);
                    }
                }
                return missing;
            }
            if (!cache.lacks(commit, candidate)) {
                missing.add(candidate);
                return missing;
            }
        }
        return missing;
    }

    /** The files that an index names; empty for a file that is not an index. */
    private static Set<String> shards(Path index, String display) throws IOException {
        Set<String> shards = new TreeSet<>();
        if (!index.toString().endsWith(".json")) {
            return shards;
        }
        JsonNode map;
        try {
            map = Json.lenient().readTree(Files.readAllBytes(index)).path("weight_map");
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    display + JsonProblem.of(e).position() + ": not valid JSON: "
                            + JsonProblem.of(e).text() + ".",
                    e);
        }
        for (JsonNode file : map) {
            String name = file.asText();
            if (!SHARD.matcher(name).matches()) {
                throw new InvalidInputException(display + ": lists " + name + ", which is not a weights file.");
            }
            shards.add(name);
        }
        return shards;
    }
}
