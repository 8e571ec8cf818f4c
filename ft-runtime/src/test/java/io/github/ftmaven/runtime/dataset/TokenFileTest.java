package io.github.ftmaven.runtime.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
    private static final Example EXAMPLE = new Example("d\u00e4ta.jsonl:1", List.of());

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("train.tokens");
    }

    private String write(int vocabulary, List<TokenSequence> sequences) throws IOException {
        SplitFiles files =
                new SplitFiles(new SplitFiles.Paths(directory.resolve("train.jsonl"), file, null), vocabulary, "");
        try (files) {
            for (TokenSequence sequence : sequences) {
                files.write(
                        EXAMPLE,
                        EXAMPLE.source(),
                        EncodingsFile.digest(EXAMPLE),
                        List.of(encoded(sequence), encoded(sequence)),
                        false);
            }
            files.end();
        }
        return files.tokensSha256();
    }

    private static EncodedConversation encoded(TokenSequence sequence) {
        return new EncodedConversation(sequence, 0, 0, 0, false);
    }

    private static TokenSequence sequence(Random random, int vocabulary) {
        int[] ids = random.ints(random.nextInt(40), 0, vocabulary).toArray();
        BitSet learnt = new BitSet();
        IntStream.range(0, ids.length).filter(i -> random.nextBoolean()).forEach(learnt::set);
        return new TokenSequence(ids, learnt);
    }

    /** Ids of more than 32,767 do not fit a signed short, and 65,536 is the first vocabulary with none to spare. */
    @ParameterizedTest
    @ValueSource(ints = {512, 65_536, 65_537, 256_000})
    void readsWhatWasWritten(int vocabulary) throws IOException {
        Random random = new Random(vocabulary);
        List<TokenSequence> sequences = IntStream.range(0, 3_000)
                .mapToObj(i -> sequence(random, vocabulary))
                .toList();
        String digest = write(vocabulary, sequences);
        assertThat(Digests.sha256(file)).isEqualTo(digest);
        TokenFile read = TokenFile.open(file, digest);
        assertThat(read.size()).isEqualTo(6_000);
        for (int i = 0; i < read.size(); i++) {
            TokenSequence wanted = sequences.get(i / 2);
            TokenSequence tokens = read.tokens(i);
            assertThat(tokens.ids()).isEqualTo(wanted.ids());
            assertThat(tokens.supervised()).isEqualTo(wanted.supervised());
            assertThat(read.length(i)).isEqualTo(wanted.length());
            assertThat(read.learnt(i)).isEqualTo(wanted.supervisedCount());
            assertThat(read.source(i)).isEqualTo("d\u00e4ta.jsonl:1");
        }
    }

    @Test
    void aSmallVocabularyTakesTwoBytesForAToken() throws IOException {
        TokenSequence sequence = new TokenSequence(new int[80], new BitSet());
        write(512, List.of(sequence));
        long narrow = Files.size(file);
        write(70_000, List.of(sequence));
        assertThat(Files.size(file) - narrow).isEqualTo(2 * 80 * 2);
    }

    @Test
    void refusesAnotherFile() throws IOException {
        Random random = new Random(1);
        String digest = write(512, List.of(sequence(random, 512), sequence(random, 512)));
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i < bytes.length; i++) {
            byte[] damaged = bytes.clone();
            damaged[i] ^= 0x40;
            refuses(damaged, digest);
        }
        for (int length = 0; length < bytes.length; length++) {
            refuses(Arrays.copyOf(bytes, length), digest);
        }
    }

    private void refuses(byte[] damaged, String digest) throws IOException {
        Files.write(file, damaged);
        assertThatThrownBy(() -> TokenFile.open(file, digest))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(file + ": does not match dataset.json. Run ft:dataset again.");
    }
}
