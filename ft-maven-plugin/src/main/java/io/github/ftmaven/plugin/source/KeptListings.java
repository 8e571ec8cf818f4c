package io.github.ftmaven.plugin.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import io.github.ftmaven.runtime.hub.HubDataFiles;
import io.github.ftmaven.runtime.hub.HubListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists of the files of datasets on hubs. The cache of the official client has no place for them, and without them a glob
 * needs the network.
 */
record KeptListings(Path directory) {
    private static final String FILES = "files";

    /** The list of a commit; empty if it is not known. */
    Optional<HubListing> read(String id, String commit) {
        Path file = file(id, commit);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> files = new ArrayList<>();
        try {
            for (JsonNode name : JsonFile.read(file, "").path(FILES)) {
                files.add(name.asText());
            }
        } catch (InvalidInputException e) {
            return Optional.empty(); // the hub is asked again
        }
        return files.stream().allMatch(HubDataFiles::isPath)
                ? Optional.of(new HubListing(commit, files))
                : Optional.empty();
    }

    /** Keeps a list. */
    void write(String id, HubListing listing) throws IOException {
        ObjectNode json = JsonFile.object();
        listing.files().forEach(json.putArray(FILES)::add);
        Files.createDirectories(directory);
        JsonFile.write(file(id, listing.commit()), json);
    }

    private Path file(String id, String commit) {
        return directory.resolve(id.replace("/", "--") + "@" + commit + ".json");
    }
}
