package io.github.ftmaven.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.ftmaven.plugin.artifact.AdapterJar;
import io.github.ftmaven.plugin.stamp.Stage;
import io.github.ftmaven.plugin.stamp.Stamp;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultCacheTest {
    private static final Stamp STAMP = stamp("training.epochs", "3.0");
    private static final Stamp OTHER = stamp("training.epochs", "5.0");

    @TempDir
    Path directory;

    private Path output;
    private Stage stage;
    private ResultCache cache;

    @BeforeEach
    void prepare() {
        output = directory.resolve("target/ft");
        stage = Stage.train(output);
        cache = new ResultCache(directory.resolve("cache"), 1_000_000, null);
    }

    @Test
    void givesBackWhatWasKept() throws Exception {
        train("weights");
        write("train/log.jsonl", "{}");
        keep(cache, STAMP);
        train("other weights");
        write("train/adapter/stale.json", "{}");
        write("train/checkpoint.safetensors", "not of the stage");

        assertThat(take(STAMP)).isTrue();
        assertThat(output.resolve("train/adapter/adapter_model.safetensors")).hasContent("weights");
        assertThat(output.resolve("train/log.jsonl")).hasContent("{}");
        assertThat(output.resolve("train/adapter/stale.json")).doesNotExist();
        assertThat(output.resolve("train/checkpoint.safetensors")).exists();
    }

    @Test
    void worksWhereSeveralKeepAtOnce() throws Exception {
        train("weights");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Stamp stamp = stamp("training.seed", Integer.toString(i % 7));
                all.add(threads.submit(() -> {
                    keep(new ResultCache(directory.resolve("cache"), 1, null), stamp);
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void hasNothingOfAnotherStampOrStage() throws Exception {
        train("weights");
        keep(cache, STAMP);

        assertThat(take(OTHER)).isFalse();
        try (HeldResult dataset = cache.hold(Stage.dataset(output), output, STAMP, told -> {})) {
            assertThat(dataset.take()).isEmpty();
        }
        assertThat(output.resolve("train/adapter/adapter_model.safetensors")).hasContent("weights");
    }

    @Test
    void deletesWhatIsDamagedAndLeavesTheOutput() throws Exception {
        for (String damage :
                new String[] {"changed", "cut off", "missing", "no entry", "a list that is not whole", "another's entry"
                }) {
            train("weights");
            keep(cache, STAMP);
            Path entry = cache.entry(stage, STAMP);
            Path weights = entry.resolve("files/train/adapter/adapter_model.safetensors");
            switch (damage) {
                case "changed" -> Files.writeString(weights, "weighty");
                case "cut off" -> Files.writeString(weights, "weig");
                case "missing" -> Files.delete(weights);
                case "no entry" -> Files.writeString(entry.resolve("entry.json"), "{\"formatVersion\": 1, \"fiel");
                case "a list that is not whole" ->
                    Files.writeString(
                            entry.resolve("entry.json"),
                            Files.readString(entry.resolve("entry.json"))
                                    .replaceFirst("\"train/adapter/adapter_config.json[^,]*,", ""));
                default ->
                    Files.writeString(
                            entry.resolve("entry.json"),
                            Files.readString(entry.resolve("entry.json")).replace("3.0", "5.0"));
            }
            train("as it was");

            assertThatExceptionOfType(InvalidInputException.class)
                    .as(damage)
                    .isThrownBy(() -> take(STAMP))
                    .withMessageStartingWith("the cached result " + STAMP.key().substring(0, 12) + " is damaged (");
            assertThat(entry).as(damage).doesNotExist();
            assertThat(output.resolve("train/adapter/adapter_model.safetensors"))
                    .as(damage)
                    .hasContent("as it was");
            assertThat(take(STAMP)).as(damage).isFalse();
        }
    }

    /** Whoever can write into the directory can make an entry that is whole; not one that is signed. */
    @Test
    void takesOnlyWhatIsSignedWhereThereIsAKey() throws Exception {
        CacheKey key = CacheKey.of(Map.of(CacheKey.VARIABLE, "a secret"));
        ResultCache signed = new ResultCache(directory.resolve("cache"), 1_000_000, key);
        train("weights");
        keep(signed, STAMP);
        assertThat(take(signed, STAMP)).isTrue();
        assertThat(take(cache, STAMP)).isTrue();

        Path entry = cache.entry(stage, STAMP);
        Path json = entry.resolve("entry.json");
        Path weights = entry.resolve("files/train/adapter/adapter_model.safetensors");
        String before = Digests.sha256(weights);
        Files.writeString(weights, "forged");
        Files.writeString(json, Files.readString(json).replace(before, Digests.sha256(weights)));
        train("as it was");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> take(signed, STAMP))
                .withMessage("the cached result " + STAMP.key().substring(0, 12)
                        + " is damaged (entry.json is not signed with the key in FT_CACHE_KEY)");
        assertThat(output.resolve("train/adapter/adapter_model.safetensors")).hasContent("as it was");

        for (CacheKey other : Arrays.asList(null, CacheKey.of(Map.of(CacheKey.VARIABLE, "another secret")))) {
            keep(new ResultCache(directory.resolve("cache"), 1_000_000, other), STAMP);
            assertThat(signed.find(stage, STAMP)).isEmpty();
            assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> take(signed, STAMP));
        }
    }

    /** The time it was made, the stamp and every file are in the signature. */
    @Test
    void aSignatureIsOfAllThatAnEntrySays() throws Exception {
        CacheKey key = CacheKey.of(Map.of(CacheKey.VARIABLE, "a secret"));
        ResultCache signed = new ResultCache(directory.resolve("cache"), 1_000_000, key);
        train("weights");
        Path json = cache.entry(stage, STAMP).resolve("entry.json");
        for (String[] edit : new String[][] {
            {"\"made\": \"20", "\"made\": \"19"},
            {"train/adapter/adapter_model.safetensors\"", "train/adapter/other.safetensors\""},
            {"\"signature\": \"", "\"signature\": \"0"},
            {"\"signature\"", "\"unsigned\""},
        }) {
            keep(signed, STAMP);
            String text = Files.readString(json);
            assertThat(text).contains(edit[0]);
            Files.writeString(json, text.replace(edit[0], edit[1]));
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> take(signed, STAMP))
                    .withMessageContaining("is not signed with the key in FT_CACHE_KEY");
        }
        assertThat(CacheKey.of(Map.of())).isNull();
        assertThat(CacheKey.of(Map.of(CacheKey.VARIABLE, " "))).isNull();
    }

    @Test
    void dropsWhatWasUsedLongestAgo() throws Exception {
        ResultCache small = new ResultCache(directory.resolve("cache"), 25_000, null);
        train("x".repeat(10_000));
        keep(small, STAMP);
        keep(small, OTHER);
        long before = Instant.now().getEpochSecond();
        Stamp third = stamp("training.epochs", "7.0");
        touch(small, STAMP, before - 100);
        touch(small, OTHER, before - 200);
        take(OTHER);
        keep(small, third);

        assertThat(small.entry(stage, STAMP)).doesNotExist();
        assertThat(small.entry(stage, OTHER)).exists();
        assertThat(small.entry(stage, third)).exists();
    }

    @Test
    void keepsTheLastOneEvenIfItIsTooLarge() throws Exception {
        ResultCache tiny = new ResultCache(directory.resolve("cache"), 1, null);
        train("weights");
        keep(tiny, STAMP);
        keep(tiny, OTHER);

        assertThat(tiny.entry(stage, STAMP)).doesNotExist();
        assertThat(tiny.entry(stage, OTHER)).exists();
    }

    @Test
    void clearsAwayWhatAKilledBuildLeft() throws Exception {
        Path left = cache.entry(stage, OTHER).resolveSibling("." + OTHER.key() + ".next");
        Files.createDirectories(left.resolve("files"));
        Files.writeString(left.resolve("files/half"), "ha");
        train("weights");
        try (HeldResult another = cache.hold(stage, output, OTHER, told -> {})) {
            keep(cache, STAMP);
            assertThat(left).as("while its build lives").exists();
            assertThat(another.isKept()).isFalse();
        }
        keep(cache, STAMP);

        assertThat(left).doesNotExist();
    }

    @Test
    void theNearestIsTheOneWithTheFewestChanges() throws Exception {
        train("weights");
        keep(cache, stamp("a", "1", "b", "1", "c", "1"));
        keep(cache, stamp("a", "1", "b", "2", "c", "2"));

        assertThat(cache.nearest(stage, stamp("a", "1", "b", "2", "c", "3")))
                .hasValueSatisfying(kept -> assertThat(kept.stamp()).isEqualTo(stamp("a", "1", "b", "2", "c", "2")));
        assertThat(cache.nearest(Stage.dataset(output), STAMP)).isEmpty();
    }

    @Test
    void travelsToAnotherMachine() throws Exception {
        train("weights");
        keep(cache, STAMP);
        Path zip = directory.resolve("result.zip");
        try (HeldResult held = cache.hold(stage, output, STAMP, told -> {})) {
            held.export(zip);
        }
        train("other weights");
        ResultCache there = new ResultCache(directory.resolve("elsewhere"), 1_000_000, null);
        try (HeldResult held = there.hold(stage, output, STAMP, told -> {})) {
            held.bring(zip);
            assertThat(held.take()).isPresent();
        }
        assertThat(output.resolve("train/adapter/adapter_model.safetensors")).hasContent("weights");
    }

    @Test
    void refusesWhatTravelledUnderAnotherKey() throws Exception {
        train("weights");
        keep(cache, STAMP);
        Path zip = directory.resolve("result.zip");
        try (HeldResult held = cache.hold(stage, output, STAMP, told -> {})) {
            held.export(zip);
        }
        try (HeldResult held = cache.hold(stage, output, OTHER, told -> {})) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> held.bring(zip))
                    .withMessageContaining("entry.json belongs to another result");
            assertThat(held.isKept()).isFalse();
        }
    }

    @Test
    void refusesFilesThatTheStageDoesNotWrite() throws Exception {
        for (String name : new String[] {"dataset/test.jsonl", "../../pom.xml"}) {
            Path next = directory.resolve("evil/" + STAMP.key());
            Files.createDirectories(next);
            KeptResult.write(next, STAMP, Instant.EPOCH, new TreeMap<>(Map.of(name, Digests.sha256("x"))), null);
            Path zip = directory.resolve("evil.zip");
            AdapterJar.zip("")
                    .add("entry.json", next.resolve("entry.json"))
                    .add("files/" + name, "x".getBytes(StandardCharsets.UTF_8))
                    .write(zip, Instant.EPOCH.plusSeconds(400_000_000));
            try (HeldResult held = cache.hold(stage, output, STAMP, told -> {})) {
                assertThatExceptionOfType(InvalidInputException.class).as(name).isThrownBy(() -> held.bring(zip));
                assertThat(held.isKept()).as(name).isFalse();
            }
            assertThat(directory.resolve("target/pom.xml")).doesNotExist();
        }
    }

    @Test
    void refusesWhatIsNoResult() throws Exception {
        Path zip = directory.resolve("result.zip");
        try (HeldResult held = cache.hold(stage, output, STAMP, told -> {})) {
            Files.writeString(zip, "<html>Please log in");
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(() -> held.bring(zip))
                    .withMessageStartingWith("it is not a zip of a result");
            for (String name : new String[] {"files/", "files/deflated", "files/a\0b"}) {
                try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
                    out.putNextEntry(new ZipEntry(name));
                    out.closeEntry();
                }
                assertThatExceptionOfType(InvalidInputException.class).as(name).isThrownBy(() -> held.bring(zip));
                assertThat(held.isKept()).as(name).isFalse();
            }
        }
    }

    private void train(String weights) throws IOException {
        write("train/adapter/adapter_config.json", "{\"r\":8}\n");
        write("train/adapter/adapter_model.safetensors", weights);
        write("train/training.json", "{}\n");
    }

    private void write(String name, String content) throws IOException {
        Path file = output.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void keep(ResultCache where, Stamp stamp) throws IOException {
        try (HeldResult held = where.hold(stage, output, stamp, told -> {})) {
            held.keep();
        }
    }

    private boolean take(Stamp stamp) throws IOException {
        return take(cache, stamp);
    }

    private boolean take(ResultCache where, Stamp stamp) throws IOException {
        try (HeldResult held = where.hold(stage, output, stamp, told -> {})) {
            return held.take().isPresent();
        }
    }

    private void touch(ResultCache where, Stamp stamp, long second) throws IOException {
        Files.setLastModifiedTime(
                where.entry(stage, stamp).resolve("entry.json"), FileTime.from(Instant.ofEpochSecond(second)));
    }

    private static Stamp stamp(String... fields) {
        TreeMap<String, String> map = new TreeMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put(fields[i], fields[i + 1]);
        }
        return new Stamp(map);
    }
}
