package io.github.ftmaven.runtime.adapter;

import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code evaluation/seal.json}, and the bill of materials that an older one leaves the coordinates to. */
class SealFuzzTest extends FuzzedReader {
    private static final String BILL =
            "{\"metadata\": {\"component\": {\"group\": \"g\", \"name\": \"a\", \"version\": \"1\"}}}";
    private static final Map<String, String> PLAIN =
            Map.of("adapter_config.json", "{}", "README.md", "# Card", "bom.json", BILL);

    SealFuzzTest() {
        super("seal");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        return List.of(seal(Seal.FORMAT_VERSION, BILL), seal(2, BILL), BILL.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] seal(int version, String bill) throws IOException {
        Map<String, String> files = new HashMap<>(PLAIN);
        files.put("bom.json", bill);
        Path jar = AdapterJars.write(directory.resolve("plain.jar"), files);
        return String.format(
                        Locale.ROOT,
                        """
                {"formatVersion": %d, "coordinates": "g:a:1", "verdict": "pass", "adapter": "%s",
                 "files": {"evaluation/scores.json": "%s"}}
                """,
                        version,
                        PackagedAdapter.digest(jar, "plain.jar"),
                        Digests.sha256("{}".getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void read(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        Map<String, String> files = new HashMap<>(PLAIN);
        if (text.contains("\"metadata\"")) {
            files.put("bom.json", text);
            files.put(Seal.FILE, new String(seal(2, text), StandardCharsets.UTF_8));
        } else {
            files.put(Seal.FILE, text);
        }
        files.put("evaluation/scores.json", "{}");
        Path jar = AdapterJars.write(directory.resolve("sealed.jar"), files);
        try (PackagedAdapter adapter = PackagedAdapter.open(jar, "x.jar")) {
            Seal seal = Seal.verify(adapter, "x.jar", "Get it again.");
            seal.requireCoordinates(adapter, "x.jar", "g:a:1", "Get it again.");
        }
    }
}
