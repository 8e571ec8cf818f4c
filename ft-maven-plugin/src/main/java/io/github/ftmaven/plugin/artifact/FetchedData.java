package io.github.ftmaven.plugin.artifact;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.stamp.DigestCache;
import io.github.ftmaven.runtime.files.FetchedFile;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** The data of a fine-tune that is not the project's own. */
final class FetchedData {
    private FetchedData() {}

    /** The SHA-256 of each file, by the name that never means another one. */
    static SortedMap<String, String> digests(FineTune fineTune, DigestCache digests) throws IOException {
        SortedMap<String, String> sources = new TreeMap<>();
        for (FetchedFile file : fineTune.located().data()) {
            sources.put(
                    file.published(),
                    digests.sha256(fineTune.project().resolve(file.path()).normalize()));
        }
        return sources;
    }
}
