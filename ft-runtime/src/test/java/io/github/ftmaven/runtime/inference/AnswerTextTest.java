package io.github.ftmaven.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.adapter.AdapterFiles;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.spec.SpecReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text told token by token, with a tokenizer for which most characters beyond ASCII are several tokens. */
class AnswerTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "the river",
                "  two  words \n",
                "é€🙂",
                "a 🙂 b",
                "🙂🙂 ",
                "no \uFFFD character",
                "",
                " ",
                "\uFFFD"
            })
    void piecesAreTheAnswerAndNeverHalfACharacter(String written) {
        try (Tokenizer tokenizer = Tokenizer.load(Tiny.MODEL)) {
            ChatFormat format = ChatFormat.of(
                    SpecReader.read(Tiny.ADAPTER.resolve(AdapterFiles.SPEC)).dataset(),
                    Tiny.MODEL,
                    tokenizer,
                    List.of());
            AnswerText text = new AnswerText(format);
            List<String> pieces = new ArrayList<>();
            for (int token : tokenizer.encode(written, false)) {
                pieces.add(text.add(token));
            }
            if (!written.contains("\uFFFD")) {
                assertThat(String.join("", pieces)).isEqualTo(written.strip());
            }
            pieces.add(text.end());
            assertThat(String.join("", pieces)).isEqualTo(written.strip()).isEqualTo(text.whole());
            for (String piece : pieces) {
                assertThat(piece.isEmpty() || !Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
                        .isTrue();
            }
        }
    }
}
