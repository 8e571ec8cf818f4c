package io.github.ftmaven.runtime.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
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
 * Models of a Hugging Face hub. What is in the cache is not asked for again: at a pinned revision whose files are here,
 * no request is made at all.
 */
public final class Hub {
    private static final Pattern SHARD = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*\\.safetensors");

    private final HubSettings settings;
    private final HubClient client;

    /** Prepares to fetch from a hub. */
    public Hub(HubSettings settings, HubListener listener) {
        this(settings, listener, duration -> Thread.sleep(duration.toMillis()));
    }

    Hub(HubSettings settings, HubListener listener, Retries.Sleeper sleeper) {
        this.settings = settings;
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

    /** The files of a model, if all that are wanted are here already. Never uses the network. */
    public Optional<HubSnapshot> cached(HubModel model, HubFiles wanted) throws IOException {
        HubCache cache = new HubCache(settings.cache(), model.id());
        Optional<String> commit = model.isPinned() ? Optional.of(model.revision()) : cache.commit(model.revision());
        if (commit.isEmpty() || !missing(cache, commit.get(), wanted).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new HubSnapshot(cache.snapshot(commit.get()), commit.get()));
    }

    /**
     * The files of a model, fetched if they are not here.
     *
     * @throws InvalidInputException if the hub has no such model, not for this token, or without a file that is needed;
     *     or if files are missing and the network must not be used
     * @throws HubException if the hub cannot be reached, or what it sends is not what it announced
     */
    public HubSnapshot fetch(HubModel model, HubFiles wanted) throws IOException {
        HubCache cache = new HubCache(settings.cache(), model.id());
        if (settings.offline()) {
            return cached(model, wanted).orElseThrow(() -> offline(cache, model, wanted));
        }
        String commit = commit(cache, model, wanted);
        for (String file : wanted.required()) {
            if (!fetch(cache, model, commit, file)) {
                throw new InvalidInputException(model + ": has no " + file + ".");
            }
        }
        for (String file : wanted.optional()) {
            fetch(cache, model, commit, file);
        }
        fetchWeights(cache, model, commit, wanted.weights());
        return new HubSnapshot(cache.snapshot(commit), commit);
    }

    private String commit(HubCache cache, HubModel model, HubFiles wanted) throws IOException {
        if (model.isPinned()) {
            return model.revision();
        }
        String file = wanted.required().get(0);
        String commit = client.describe(model, model.revision(), file)
                .orElseThrow(() -> new InvalidInputException(model + ": has no " + file + "."))
                .commit();
        cache.recordCommit(model.revision(), commit);
        return commit;
    }

    private void fetchWeights(HubCache cache, HubModel model, String commit, List<String> candidates)
            throws IOException {
        for (String candidate : candidates) {
            if (fetch(cache, model, commit, candidate)) {
                for (String shard : shards(cache.snapshot(commit).resolve(candidate), model + "/" + candidate)) {
                    if (!fetch(cache, model, commit, shard)) {
                        throw new InvalidInputException(
                                model + ": has no " + shard + ", which " + candidate + " names.");
                    }
                }
                return;
            }
        }
        if (!candidates.isEmpty()) {
            throw new InvalidInputException(model + ": has neither " + String.join(" nor ", candidates)
                    + ". Weights in other formats (pytorch_model.bin, GGUF) are not read.");
        }
    }

    /**
     * Fetches one file unless it is here.
     *
     * @return whether the commit has it
     */
    private boolean fetch(HubCache cache, HubModel model, String commit, String file) throws IOException {
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
            throw new HubException(
                    model + ": the hub answers for commit " + blob.commit() + " where " + commit + " was asked for.");
        }
        cache.locked(blob.digest(), () -> {
            if (!Files.exists(cache.blob(blob.digest()))) {
                download(cache, model, file, blob);
            }
            cache.link(blob.digest(), commit, file);
        });
        return true;
    }

    private void download(HubCache cache, HubModel model, String file, HubBlob blob) throws IOException {
        Path part = cache.incomplete(blob.digest());
        boolean resumed = Files.exists(part);
        client.download(model, file, blob, part);
        if (resumed && !blob.is(part)) {
            // What was there before need not have been the beginning of this.
            Files.delete(part);
            client.download(model, file, blob, part);
        }
        if (!blob.is(part)) {
            Files.delete(part);
            throw new HubException(model + "/" + file + ": what arrived is not what was announced: its digest is not "
                    + blob.digest() + ". It was deleted. Try again; if it stays so, something between here and "
                    + settings.endpoint().getAuthority() + " changes files.");
        }
        Files.move(part, cache.blob(blob.digest()), StandardCopyOption.ATOMIC_MOVE);
    }

    private InvalidInputException offline(HubCache cache, HubModel model, HubFiles wanted) {
        try {
            String commit = model.isPinned()
                    ? model.revision()
                    : cache.commit(model.revision()).orElse("");
            return new InvalidInputException(model + ": is not in " + settings.cache() + " ("
                    + (commit.isEmpty()
                            ? "the revision is not known there"
                            : "missing: " + String.join(", ", missing(cache, commit, wanted)))
                    + "), and the build is offline. Build once with the network.");
        } catch (IOException e) {
            return new InvalidInputException(model + ": cannot be read in " + settings.cache() + ".", e);
        }
    }

    /** The wanted files of which nothing is known here. */
    private List<String> missing(HubCache cache, String commit, HubFiles wanted) throws IOException {
        List<String> missing = new ArrayList<>();
        wanted.required().stream().filter(file -> !cache.has(commit, file)).forEach(missing::add);
        // The official client looks into folders by their list, and leaves no record of what is not in them: where
        // nobody
        // can be asked, there is nothing.
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

    /** The files that an index names, none for a file that is no index. */
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
                throw new InvalidInputException(
                        display + ": names the file " + name + ", which is no file of weights.");
            }
            shards.add(name);
        }
        return shards;
    }
}
