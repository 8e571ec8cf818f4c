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
 * What training reads of the adapter that it goes on from. A directory of it, such as another module leaves before it is
 * packaged, and a jar, sealed or not, are the same to it.
 */
public final class StartFrom {
    private StartFrom() {}

    /**
     * The digests of its files by their names; empty if the spec names none.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if it is not there, or no adapter that can be read
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
