package io.github.ftmaven.plugin.stamp;

import io.github.ftmaven.plugin.FineTune;
import io.github.ftmaven.plugin.Located;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of the start adapter that training reads. A directory, such as another module's before packaging, and a
 * jar, sealed or not, give the same digests.
 */
public final class StartFrom {
    private StartFrom() {}

    /**
     * The digests of its files by name; empty if the spec has no start adapter.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if it is missing or not a readable adapter
     */
    public static SortedMap<String, String> digests(FineTune fineTune, DigestCache digests) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        List<Path> found = fineTune.startFrom();
        Located adapter = fineTune.located().startFrom();
        if (adapter == null) {
            return files;
        }
        if (Files.isDirectory(adapter.path())) {
            for (Path file : found) {
                files.put(String.valueOf(file.getFileName()), digests.sha256(file));
            }
            return files;
        }
        for (String name : List.of(PeftAdapter.CONFIG, PeftAdapter.WEIGHTS)) {
            files.put(name, digests.file(adapter.path(), "adapter.startFrom: " + adapter.display(), name));
        }
        return files;
    }
}
