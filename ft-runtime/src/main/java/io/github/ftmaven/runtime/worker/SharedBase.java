package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.hub.Hub;
import io.github.ftmaven.runtime.hub.HubFiles;
import io.github.ftmaven.runtime.hub.HubListener;
import io.github.ftmaven.runtime.hub.HubModel;
import io.github.ftmaven.runtime.hub.HubSettings;
import io.github.ftmaven.runtime.job.Inputs;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.BaseSpec;
import io.github.ftmaven.runtime.spec.Initialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the base of a job on a machine that works for another one. The base never travels with the job: it lies at the same
 * path, or comes from its hub.
 */
final class SharedBase {
    private final HubSettings hub;

    /** On this machine, with its hub and its cache. */
    SharedBase() {
        this(HubSettings.of(System.getenv(), Path.of(System.getProperty("user.home")), false));
    }

    SharedBase(HubSettings hub) {
        this.hub = hub;
    }

    /**
     * Finds a base.
     *
     * @param inputs where it is on the machine that leads
     * @param digest the {@link #digest} of the base there
     * @throws InvalidInputException if this machine has none and its hub gives none, or if it has another one
     */
    ModelDirectory find(Inputs inputs, String digest, BaseSpec spec) throws IOException {
        Path path = Path.of(inputs.base());
        Path here = Files.isDirectory(path) ? path : fetch(inputs, spec.initialize());
        ModelDirectory base = ModelDirectory.open(here, inputs.display(), spec.ignoreKeys());
        if (!digest(base, spec.initialize()).equals(digest)) {
            throw new InvalidInputException(inputs.display() + ": a worker has another base at " + here
                    + " than the machine that leads. Copy the files again.");
        }
        return base;
    }

    private Path fetch(Inputs inputs, Initialization initialization) {
        String missing = inputs.display() + ": a worker does not have the base at " + inputs.base();
        String commit = inputs.revision();
        if (commit == null) {
            throw new InvalidInputException(
                    missing + ". Put it there on each machine, or on storage that all of them share.");
        }
        HubFiles files = new HubFiles(
                ModelDirectory.REQUIRED,
                ModelDirectory.OPTIONAL,
                initialization == Initialization.RANDOM ? List.of() : ModelDirectory.WEIGHT_FILES);
        try {
            return new Hub(hub, new Silent())
                    .fetch(new HubModel(inputs.name(), commit), files)
                    .directory();
        } catch (InvalidInputException | IOException e) {
            throw new InvalidInputException(missing + ", and cannot fetch it: " + e.getMessage(), e);
        }
    }

    /** The SHA-256 of what is read of a base: its configuration, and its weights unless they are drawn. */
    static String digest(ModelDirectory base, Initialization initialization) throws IOException {
        String config = Digests.sha256(base.path().resolve("config.json"));
        return initialization == Initialization.RANDOM ? config : config + " " + base.weightDigest();
    }

    /** A worker has nobody to tell. */
    private static final class Silent implements HubListener {
        @Override
        public void arrived(String file, long bytes, long size) {}

        @Override
        public void retrying(String message) {}

        /** Its digest is compared with that of the machine that leads. */
        @Override
        public void unverified(String message) {}
    }
}
