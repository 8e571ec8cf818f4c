package io.github.ftmaven.runtime.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files for which the tokenizers library would end the process, or not come to an end. */
class LibraryLimitsTest {
    @TempDir
    Path directory;

    /** The tokenizers that were found to end it. */
    static List<Path> found() throws IOException {
        try (Stream<Path> files =
                Files.list(Path.of(Objects.requireNonNull(LibraryLimitsTest.class.getResource("/fuzz/native-tokenizer"))
                        .toURI()))) {
            return files.sorted().toList();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "added-blank-rstrip; 'its added token '' '' is blank and strips the blanks beside it (lstrip, rstrip).'",
                "charsmap-no-base64; in its normalizer, precompiled_charsmap is damaged.",
                "charsmap-out-of-bounds; in its normalizer, precompiled_charsmap is damaged.",
                "charsmap-truncated; in its normalizer, precompiled_charsmap is damaged.",
                "continuing-prefix; 'its model''s continuing_subword_prefix is not supported.'",
                "decoder-lone-surrogate; in its decoder, a text contains an unpaired surrogate.",
                "decoder-number-out-of-range; in its decoder, a number is too large.",
                "decoder-strip-stop-2-63; in its decoder, Strip has a stop other than 0, which is not supported.",
                "decoder-strip-stop; in its decoder, Strip has a stop other than 0, which is not supported.",
                "decoder-strip-without-type; in its decoder, a part has no type.",
                "decoder-too-deep; in its decoder, parts are nested more than 100 levels deep.",
                "fixed-length-0; in its pre_tokenizer, FixedLength has the length 0.",
                "id-beyond-int; 'its model''s vocab has the id 4294967295 for the token ''<unk>'', but an id must be a whole number from 0 to 1000000000.'",
                "normalizer-empty-string; in its normalizer, Replace inserts text at an empty match of its pattern.",
                "normalizer-finds-nothing; in its normalizer, Replace inserts text at an empty match of its pattern.",
                "normalizer-nested-repetition; in its normalizer, the pattern (a+)+$ takes far more steps than a text has characters, for some texts.",
                "normalizer-without-type; 'in its normalizer, the type ''</w>'' is unknown.'",
                "split-overlapping-alternatives; in its pre_tokenizer, the pattern (a|aa)+$ takes far more steps than a text has characters, for some texts.",
                "template-only-b; in its post_processor, the template for one text contains the text 0 times.",
                "template-second-text; in its post_processor, the template for one text refers to a second text, B.",
                "template-unknown-special; in its post_processor, the template uses [CLS], which is missing in special_tokens.",
                "two-templates; in its post_processor, two templates follow each other.",
            })
    void refusesWhatEndsTheProcess(String name, String message) throws IOException {
        for (Path file : found()) {
            if (file.endsWith(name + ".json")) {
                Files.copy(file, directory.resolve("tokenizer.json"));
            }
        }
        assertThatThrownBy(() -> Tokenizer.load(directory).close())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("tokenizer.json")
                .hasMessageContaining("the tokenizer cannot be loaded: ")
                .hasMessageContaining(message);
    }

    /** Each is the pattern of a published model, or a part of one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "(?i:'s|'t)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
                "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}]*[\\p{Ll}\\p{M}]+(?i:'s|'t)?|\\s*[\\r\\n]+|\\s+",
                "\\d{1,3}(?=(?:\\d{3})*\\b)",
                "[\\p{Han}]+|[\\p{Lu}&&[^\\p{Han}]]+",
                "\\p{L}+(?:[-']\\p{L}+)*",
                "(?>a+)+b",
                " {2,}",
                "(?:",
            })
    void letsPatternsThroughThatTakeAStepACharacter(String pattern) {
        assertThat(Backtracking.explodes(pattern)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)+$",
                "(.*)*x",
                "\\s*\\s*x",
                "(a{1,2})+$",
                "(\\w+\\s?)+$",
                "([a-z]+)*1",
                ".*?x.*?y!"
            })
    void seesPatternsThatTakeFarMore(String pattern) {
        assertThat(Backtracking.explodes(pattern)).isTrue();
    }

    @Test
    void boundsTheLengthOfOneText() {
        try (Tokenizer tokenizer = Tokenizer.load(Fixtures.tokenizer("bytes"))) {
            String blanks = " ".repeat(2_000_001);
            assertThatThrownBy(() -> tokenizer.encode(blanks, false))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("cannot encode a text of 2000001 characters that begins with '   ")
                    .hasMessageEndingWith("': the limit is 2000000. Split it.");
        }
    }
}
