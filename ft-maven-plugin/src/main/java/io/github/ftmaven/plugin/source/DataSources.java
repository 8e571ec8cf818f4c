package io.github.ftmaven.plugin.source;

import io.github.ftmaven.plugin.DataLocator;
import io.github.ftmaven.plugin.NotHereException;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.FetchedFile;
import io.github.ftmaven.runtime.hub.Hub;
import io.github.ftmaven.runtime.hub.HubDataFiles;
import io.github.ftmaven.runtime.hub.HubDataset;
import io.github.ftmaven.runtime.hub.HubFiles;
import io.github.ftmaven.runtime.hub.HubListing;
import io.github.ftmaven.runtime.hub.HubModel;
import io.github.ftmaven.runtime.hub.HubSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds data on hubs and in Maven repositories. */
public final class DataSources implements DataLocator {
    private final Supplier<Hub> hub;
    private final Artifacts artifacts;
    private final Settings settings;

    /**
     * Prepares the search.
     *
     * @param hub the hub; created only for hub declarations, because its settings affect nothing else
     */
    public DataSources(Supplier<Hub> hub, Artifacts artifacts, Settings settings) {
        this.hub = hub;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    /**
     * What the search may do.
     *
     * @param fetch whether downloads are allowed
     * @param allowFloatingRevision whether a hub's dataset may be named by a branch
     * @param release the version being released, which must not use snapshots; null if snapshots are allowed
     * @param cache the directory for unpacked archives and lists of files
     * @param commits the commits of branches when this build first asked; the search adds to it
     * @param shown formats a path for the worker
     */
    public record Settings(
            boolean fetch,
            boolean allowFloatingRevision,
            @Nullable String release,
            Path cache,
            Map<String, String> commits,
            Function<Path, String> shown) {}

    @Override
    public List<FetchedFile> locate(String place, String declared) throws IOException {
        return declared.startsWith(HubModel.PREFIX) ? ofHub(place, declared) : ofRepository(place, declared);
    }

    private List<FetchedFile> ofHub(String place, String declared) throws IOException {
        try {
            return ofHub(place, declared, HubDataFiles.parse(declared, settings.allowFloatingRevision()));
        } catch (InvalidInputException e) {
            throw new InvalidInputException(place + ": " + e.getMessage(), e);
        }
    }

    private List<FetchedFile> ofHub(String place, String declared, HubDataFiles wanted) throws IOException {
        HubDataset dataset = wanted.dataset();
        String known = settings.commits().get(dataset.toString());
        HubDataset pinned = known == null ? dataset : new HubDataset(dataset.id(), known);
        List<String> files = List.of(wanted.pattern());
        if (wanted.isGlob()) {
            HubListing listing = listing(pinned, declared);
            files = new NameGlob(wanted.pattern()).among(listing.files());
            if (files.isEmpty()) {
                throw new InvalidInputException(
                        declared + ": matches none of the " + listing.files().size() + " files of the dataset"
                                + listing.files().stream()
                                        .filter(file -> !file.startsWith("."))
                                        .findFirst()
                                        .map(file -> ", such as " + file)
                                        .orElse("")
                                + ".");
            }
            pinned = new HubDataset(dataset.id(), listing.commit());
        }
        HubFiles asked = new HubFiles(files, List.of(), List.of());
        HubSnapshot snapshot = settings.fetch()
                ? hub.get().fetch(pinned, asked)
                : hub.get().cached(pinned, asked).orElseThrow(() -> new NotHereException(declared));
        if (settings.fetch()) {
            settings.commits().put(dataset.toString(), snapshot.commit());
            requireIntact(declared, snapshot);
        }
        return files.stream()
                .map(file -> new FetchedFile(
                        place,
                        wanted.name(dataset.revision(), file),
                        wanted.name(snapshot.commit(), file),
                        settings.shown().apply(snapshot.directory().resolve(file))))
                .toList();
    }

    /** The files of a commit never change, so a list of them is kept. */
    private HubListing listing(HubDataset dataset, String declared) throws IOException {
        boolean asks = settings.fetch() && !hub.get().settings().offline();
        Optional<String> commit =
                asks && !dataset.isPinned() ? Optional.empty() : hub.get().commit(dataset);
        KeptListings kept = new KeptListings(settings.cache().resolve("listings"));
        if (commit.isPresent()) {
            Optional<HubListing> known = kept.read(dataset.id(), commit.get());
            if (known.isPresent()) {
                return known.get();
            }
        }
        if (!settings.fetch()) {
            throw new NotHereException(declared);
        }
        HubListing listing = hub.get().list(dataset);
        kept.write(dataset.id(), listing);
        return listing;
    }

    private void requireIntact(String declared, HubSnapshot snapshot) throws IOException {
        DigestCache digests = digests();
        Optional<Path> damaged = snapshot.damaged(digests::sha256);
        digests.save();
        if (damaged.isPresent()) {
            throw new InvalidInputException(declared + ": " + damaged.get()
                    + " does not match the hub's checksum: it was altered or damaged after the download. Delete "
                    + damaged.get().toRealPath() + " and build again to download it again.");
        }
    }

    private DigestCache digests() {
        return new DigestCache(settings.cache().resolve("digests.json"));
    }

    private List<FetchedFile> ofRepository(String place, String declared) throws IOException {
        ArtifactFiles wanted = ArtifactFiles.parse(place, declared);
        Coordinates coordinates = wanted.coordinates();
        coordinates.requirePinned(place, settings.release());
        Path file = settings.fetch()
                ? artifacts.resolve(place, coordinates)
                : artifacts.local(place, coordinates).orElseThrow(() -> new NotHereException(declared));
        if (!wanted.isArchive()) {
            return List.of(fetched(place, declared, file));
        }
        NameGlob glob = new NameGlob(wanted.pattern());
        Map<String, Path> files = Files.isRegularFile(file)
                ? new DataArchive(
                                file, place + ": " + declared, settings.cache().resolve("archives"))
                        .unpack(glob)
                : DataArchive.inModule(file, glob); // of a module of the build that is not packaged yet
        if (files.isEmpty()) {
            throw new InvalidInputException(place + ": " + declared + ": "
                    + (wanted.pattern().isEmpty()
                            ? "no file in it has rows. A file with rows ends with .jsonl, .json, .csv, .tsv, .txt or"
                                    + " .parquet, or with .gz behind one of the others."
                            : "the artifact has no such file."));
        }
        return files.entrySet().stream()
                .map(entry -> fetched(place, wanted.name(entry.getKey()), entry.getValue()))
                .toList();
    }

    private FetchedFile fetched(String place, String name, Path path) {
        return new FetchedFile(place, name, name, settings.shown().apply(path));
    }
}
