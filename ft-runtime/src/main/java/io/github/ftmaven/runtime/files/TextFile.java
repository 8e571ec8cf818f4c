package io.github.ftmaven.runtime.files;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole text files strictly. */
public final class TextFile {
    private TextFile() {}

    /**
     * The text of a UTF-8 file, without a byte order mark and with {@code \n} as the end of every line.
     *
     * @param shown the path for messages
     * @throws InvalidInputException if a line is not UTF-8
     */
    public static String read(Path file, String shown) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder(); // reports malformed input
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CoderResult result = decoder.decode(bytes, text, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < bytes.position(); i++) {
                line += bytes.get(i) == '\n' ? 1 : 0;
            }
            throw new InvalidInputException(shown + ":" + line + ": not UTF-8. Save the file in that encoding.");
        }
        String whole = text.flip().toString();
        return (whole.startsWith("\uFEFF") ? whole.substring(1) : whole).replace("\r\n", "\n");
    }
}
