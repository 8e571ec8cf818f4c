package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.fuzz.Damage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the tokenizers library makes of files that our own reader let through: nothing may end its process, which is
 * therefore another one.
 */
class NativeTokenizerFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 12_000);
    private static final long SEED = Long.getLong("fuzz.seed", 1);
    private static final int MOST_FAULTS = 20;

    /** A child that takes no longer hangs. */
    private static final long LONGEST_SECONDS = 600;

    private static final List<String> TEXTS = List.of(
            "a",
            "",
            " ",
            "ab abc  c",
            "x <s>  b",
            "é</s>ö",
            "Hello wörld 漢字 123_4\n\t x",
            "\u0000\ufffd\u00ad",
            "😀e\u0301",
            "a".repeat(300) + "!",
            " ".repeat(5000),
            "a b".repeat(1000),
            "ab ".repeat(50) + "x");

    @TempDir
    Path directory;

    @Test
    void takesEveryPartThatItKnows() throws IOException, InterruptedException {
        List<byte[]> tokenizers = TokenizerParts.tokenizers();
        assertThat(faults(tokenizers)).isEmpty();
        assertThat(Files.readAllLines(directory.resolve("journal")))
                .hasSize(tokenizers.size())
                .allMatch(line -> line.endsWith(" read"));
    }

    @Test
    void neverEndsTheProcessForWhatWasFound() throws IOException, InterruptedException {
        List<byte[]> inputs = new ArrayList<>();
        for (Path file : LibraryLimitsTest.found()) {
            inputs.add(Files.readAllBytes(file));
        }
        assertThat(faults(inputs)).isEmpty();
    }

    @Test
    @Tag("fuzz")
    void neverEndsTheProcess() throws IOException, InterruptedException {
        List<byte[]> inputs = Damage.changes(SEED, TokenizerParts.tokenizers(), INPUTS);
        List<String> faults = faults(inputs);
        System.out.printf(Locale.ROOT, "native tokenizer: %d inputs, %d faults%n", inputs.size(), faults.size());
        assertThat(faults).isEmpty();
    }

    private List<String> faults(List<byte[]> inputs) throws IOException, InterruptedException {
        for (int i = 0; i < inputs.size(); i++) {
            Files.write(directory.resolve(i + ".json"), inputs.get(i));
        }
        Path journal = directory.resolve("journal");
        Files.writeString(journal, "");
        List<String> faults = new ArrayList<>();
        for (int done = 0; done < inputs.size() && faults.size() < MOST_FAULTS; ) {
            Process child = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-Xmx512m",
                            "-Dai.djl.offline=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            NativeTokenizerFuzzTest.class.getName(),
                            directory.toString(),
                            Integer.toString(done))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            boolean ended = child.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            child.destroyForcibly().waitFor();
            List<String> lines = Files.readAllLines(journal);
            lines.stream().skip(done).filter(line -> line.contains(" FAULT ")).forEach(faults::add);
            done = lines.size();
            if (done < inputs.size()) {
                Path kept =
                        Path.of("target", "fuzz", "native-" + done + ".json").toAbsolutePath();
                Files.createDirectories(kept.getParent());
                Files.write(kept, inputs.get(done));
                faults.add(kept + (ended ? " ended the process: " + panic() : " does not end"));
                Files.writeString(
                        journal, String.join("\n", lines) + (lines.isEmpty() ? "" : "\n") + done + " ended\n");
                done++;
            }
        }
        return faults;
    }

    private String panic() throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("output"))) {
            return lines.filter(line -> !line.isBlank()).limit(3).reduce("", (a, b) -> a + b);
        }
    }

    /** The child: reads the inputs from a number on, and tells of each when it is through. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path model = Files.createDirectories(directory.resolve("model"));
        try (BufferedWriter journal =
                Files.newBufferedWriter(directory.resolve("journal"), StandardOpenOption.APPEND)) {
            for (int i = Integer.parseInt(arguments[1]); Files.exists(directory.resolve(i + ".json")); i++) {
                Files.write(model.resolve("tokenizer.json"), Files.readAllBytes(directory.resolve(i + ".json")));
                journal.write(i + " " + outcome(model) + "\n");
                journal.flush();
            }
        }
    }

    private static String outcome(Path model) {
        try (Tokenizer tokenizer = Tokenizer.load(model)) {
            for (String text : TEXTS) {
                int[] ids = tokenizer.encode(text, true);
                tokenizer.decode(ids, false);
                tokenizer.decode(ids, true);
                tokenizer.encodeBeginning(text);
            }
            tokenizer.decode(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1000, Integer.MAX_VALUE}, false);
            return "read";
        } catch (InvalidInputException e) {
            return "refused";
        } catch (RuntimeException e) {
            return "FAULT " + e;
        }
    }
}
