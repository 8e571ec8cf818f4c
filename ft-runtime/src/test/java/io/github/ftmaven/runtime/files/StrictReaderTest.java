package io.github.ftmaven.runtime.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictReaderTest {
    private static final String TEXT = "a\u00e4\u20ac\ud83d\ude00\nb\rc\n\nd";

    /** Sizes around the reader's buffer, so that characters and line ends fall on its border. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_533, 65_534, 65_535, 65_536, 65_537, 131_071, 200_000})
    void readsUtf8AndUtf16WithTheirMarks(int before) throws IOException {
        String text = "x".repeat(before) + TEXT + "y".repeat(before);
        assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        assertThat(read(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo(text);
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            assertThat(read(("\uFEFF" + text).getBytes(charset))).isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_534, 65_535, 65_536})
    void endsLinesAlike(int before) throws IOException {
        String text = "x".repeat(before) + "\r\na\r\r\nb\r\n\r\n\r";
        assertThat(read(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("x".repeat(before) + "\na\r\nb\n\n\r");
    }

    @Test
    void namesTheLineThatIsNotInTheEncoding() {
        byte[] latin = "a\nb\n\u00e4\nc".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(latin))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("rows.txt:3: not UTF-8. Save the file in that encoding.");
        byte[] far = ("line\n".repeat(50_000) + "\u00e4").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> read(far)).hasMessageStartingWith("rows.txt:50001: not UTF-8.");
        byte[] cut = ("a\n" + '\u20ac').getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(Arrays.copyOf(cut, cut.length - 1)))
                .hasMessageStartingWith("rows.txt:2: not UTF-8.");
        byte[] half = "\uFEFFa\n\ud83db".getBytes(StandardCharsets.UTF_16LE);
        half[6] = 0x3d;
        half[7] = (byte) 0xd8;
        assertThatThrownBy(() -> read(half))
                .hasMessage("rows.txt:2: not UTF-16, as the file's first bytes say. Save the file in UTF-8.");
    }

    @Test
    void readsAnEmptyFile() throws IOException {
        assertThat(read(new byte[0])).isEmpty();
        assertThat(read(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF})).isEmpty();
    }

    private static String read(byte[] bytes) throws IOException {
        InputStream slow = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] out, int offset, int length) {
                return super.read(out, offset, Math.min(length, 8_191));
            }
        };
        try (Reader reader = new StrictReader(slow, "rows.txt")) {
            StringBuilder text = new StringBuilder();
            char[] part = new char[1_000];
            for (int count = reader.read(part); count >= 0; count = reader.read(part)) {
                text.append(part, 0, count);
            }
            return text.toString();
        }
    }
}
