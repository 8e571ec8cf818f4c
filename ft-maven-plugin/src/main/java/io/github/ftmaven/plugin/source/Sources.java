package io.github.ftmaven.plugin.source;

import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.plugin.Locator;
import io.github.ftmaven.plugin.NotHereException;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hub.Hub;
import io.github.ftmaven.runtime.hub.HubFiles;
import io.github.ftmaven.runtime.hub.HubModel;
import io.github.ftmaven.runtime.hub.HubSnapshot;
import io.github.ftmaven.runtime.model.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Finds models and adapters in every place they can be declared. */
public final class Sources implements Locator {
    private final Directory directory;
    private final Supplier<Hub> hub;
    private final Artifacts artifacts;
    private final Settings settings;

    /**
     * Prepares the search.
     *
     * @param directory the base directory of relative paths
     * @param hub the hub; created only for hub declarations, because its settings affect nothing else
     */
    public Sources(Directory directory, Supplier<Hub> hub, Artifacts artifacts, Settings settings) {
        this.directory = directory;
        this.hub = hub;
        this.artifacts = artifacts;
        this.settings = settings;
    }

    /**
     * The base directory of relative paths.
     *
     * @param shown formats a path for messages
     */
    public record Directory(Path path, UnaryOperator<Path> shown) {}

    /**
     * What the search may do.
     *
     * @param fetch whether downloads are allowed
     * @param allowFloatingRevision whether a hub's model may be named by a branch
     * @param release the version being released, which must not use snapshots; null if snapshots are allowed
     * @param cache the directory for unpacked archives
     * @param commits the commits of branches when this build first asked; the search adds to it
     * @param told receives sentences for the user
     */
    public record Settings(
            boolean fetch,
            boolean allowFloatingRevision,
            @Nullable String release,
            Path cache,
            Map<String, String> commits,
            Consumer<String> told) {}

    @Override
    public Located locate(String key, String declared, Kind kind) throws IOException {
        if (declared.startsWith(HubModel.PREFIX)) {
            return ofHub(key, declared, files(kind));
        }
        if (declared.startsWith(Coordinates.PREFIX)) {
            return ofRepository(key, declared, kind);
        }
        Path path = directory.path().resolve(declared).normalize();
        return new Located(path, directory.shown().apply(path).toString(), declared, null);
    }

    private Located ofHub(String key, String declared, HubFiles files) throws IOException {
        try {
            return ofHub(declared, files);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(key + ": " + e.getMessage(), e);
        }
    }

    private Located ofHub(String declared, HubFiles files) throws IOException {
        HubModel model = HubModel.parse(declared, settings.allowFloatingRevision());
        String known = settings.commits().get(declared);
        if (known != null) {
            model = new HubModel(model.id(), known);
        }
        HubSnapshot snapshot;
        if (settings.fetch()) {
            snapshot = hub.get().fetch(model, files);
            settings.commits().put(declared, snapshot.commit());
            requireIntact(declared, snapshot);
        } else {
            snapshot = hub.get().cached(model, files).orElseThrow(() -> new NotHereException(declared));
        }
        return new Located(
                snapshot.directory(),
                new HubModel(model.id(), snapshot.commit()).toString(),
                model.id(),
                snapshot.commit());
    }

    /** Verifies a hub model only before a goal computes with it, because hashing large files takes time. */
    private void requireIntact(String declared, HubSnapshot snapshot) throws IOException {
        DigestCache digests = new DigestCache(settings.cache().resolve("digests.json"));
        Optional<Path> damaged = snapshot.damaged(digests::sha256);
        digests.save();
        if (damaged.isPresent()) {
            throw new InvalidInputException(declared + ": " + damaged.get()
                    + " does not match the hub's checksum: it was altered or damaged after the download. Delete "
                    + damaged.get().toRealPath() + " and build again to download it again.");
        }
    }

    private Located ofRepository(String key, String declared, Kind kind) throws IOException {
        Coordinates coordinates = Coordinates.parse(key, declared);
        coordinates.requirePinned(key, settings.release());
        Path file = settings.fetch()
                ? artifacts.resolve(key, coordinates)
                : artifacts.local(key, coordinates).orElseThrow(() -> new NotHereException(declared));
        if (!Files.isRegularFile(file)) { // of a module of the build
            return new Located(
                    ModuleClasses.find(file, key, coordinates, kind, directory.shown()), declared, declared, null);
        }
        Path path = kind == Kind.ADAPTER
                ? file
                : ModelArchive.unpack(file, key + ": " + declared, settings.cache(), settings.told());
        return new Located(path, declared, declared, null);
    }

    private static HubFiles files(Kind kind) {
        return switch (kind) {
            case ADAPTER -> new HubFiles(List.of(PeftAdapter.CONFIG, PeftAdapter.WEIGHTS), List.of(), List.of());
            case CONFIGURATION -> new HubFiles(ModelDirectory.REQUIRED, ModelDirectory.OPTIONAL, List.of());
            case MODEL -> new HubFiles(ModelDirectory.REQUIRED, ModelDirectory.OPTIONAL, ModelDirectory.WEIGHT_FILES);
        };
    }
}
