package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The jar of an adapter. */
class AdapterJarFuzzTest extends FuzzedReader {
    AdapterJarFuzzTest() {
        super("jar");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        Map<String, String> files = new HashMap<>(Map.of("adapter_config.json", "{}", "README.md", "# Card"));
        Path plain = AdapterJars.write(directory.resolve("plain.jar"), files);
        files.put("evaluation/scores.json", "{}");
        files.put(
                Seal.FILE,
                String.format(
                        Locale.ROOT,
                        """
                {"formatVersion": %d, "coordinates": "g:a:1", "adapter": "%s", "files": {"evaluation/scores.json": "%s"}}
                """,
                        Seal.FORMAT_VERSION,
                        PackagedAdapter.digest(plain, "plain.jar"),
                        Digests.sha256("{}".getBytes(StandardCharsets.UTF_8))));
        Path sealed = AdapterJars.write(directory.resolve("sealed.jar"), files);
        return List.of(Files.readAllBytes(plain), Files.readAllBytes(sealed));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        Path jar = Files.write(directory.resolve("x.jar"), input);
        PackagedAdapter.digest(jar, "x.jar");
        AdapterArtifact.unpack(jar, "x.jar", directory.resolve("unpacked"));
    }
}
