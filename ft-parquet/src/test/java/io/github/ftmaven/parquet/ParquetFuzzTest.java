package io.github.ftmaven.parquet;

import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Damaged Parquet. */
class ParquetFuzzTest extends FuzzedReader {
    ParquetFuzzTest() {
        super("parquet");
    }

    @Override
    protected List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String name :
                List.of("chat", "labels", "types", "types-int96", "index", "codec-zstd", "encodings", "pages2")) {
            try (InputStream in = ParquetFuzzTest.class.getResourceAsStream("/parquet/" + name + ".parquet")) {
                seeds.add(Objects.requireNonNull(in, name).readAllBytes());
            }
        }
        return seeds;
    }

    @Override
    protected void read(byte[] input) throws IOException {
        Path file = Files.write(directory.resolve("d.parquet"), input);
        int[] rows = new int[1];
        new ParquetRows().read(file, "d.parquet", row -> row.json("d.parquet:" + ++rows[0]));
    }
}
