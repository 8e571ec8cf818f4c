package io.github.ftmaven.runtime.files;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Reads text of any length strictly: UTF-8, or UTF-16 if the file begins with its byte order mark. The mark is left out,
 * and every line ends with {@code \n}.
 */
public final class StrictReader extends Reader {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final String shown;
    private final Charset charset;
    private final CharsetDecoder decoder; // reports malformed input
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    private final CharBuffer decoded = CharBuffer.allocate(BUFFER).limit(0);
    private boolean ended;
    private boolean flushed;
    private int line = 1;

    /**
     * Reads a stream, which is closed with this reader.
     *
     * @param shown the file's name, for messages
     */
    public StrictReader(InputStream stream, String shown) throws IOException {
        PushbackInputStream in = new PushbackInputStream(stream, 3);
        byte[] start = in.readNBytes(3);
        Mark mark = Mark.of(start);
        in.unread(start, mark.length(), start.length - mark.length());
        this.in = in;
        this.shown = shown;
        this.charset = mark.charset();
        this.decoder = charset.newDecoder();
    }

    /** A byte order mark. */
    private record Mark(Charset charset, int length) {
        static Mark of(byte[] start) {
            int first = start.length < 2 ? 0 : (start[0] & 0xFF) << 8 | (start[1] & 0xFF);
            if (first == 0xFEFF) {
                return new Mark(StandardCharsets.UTF_16BE, 2);
            }
            if (first == 0xFFFE) {
                return new Mark(StandardCharsets.UTF_16LE, 2);
            }
            boolean utf8 = first == 0xEFBB && start.length == 3 && (start[2] & 0xFF) == 0xBF;
            return new Mark(StandardCharsets.UTF_8, utf8 ? 3 : 0);
        }
    }

    /**
     * Reads characters.
     *
     * @throws InvalidInputException at a line that is not in the file's encoding
     */
    @Override
    public int read(char[] out, int offset, int length) throws IOException {
        int count = 0;
        while (count < length) {
            if (!decoded.hasRemaining() && !decode()) {
                break;
            }
            char c = decoded.get();
            if (c == '\r' && (decoded.hasRemaining() || decode()) && decoded.get(decoded.position()) == '\n') {
                continue;
            }
            if (c == '\n') {
                line++;
            }
            out[offset + count++] = c;
        }
        return count == 0 && length > 0 ? -1 : count;
    }

    /** Decodes more; false at the end. The characters before are all read. */
    private boolean decode() throws IOException {
        decoded.clear();
        while (decoded.position() == 0 && !flushed) {
            CoderResult result = decoder.decode(bytes, decoded, ended);
            if (result.isError()) {
                decoded.flip();
                throw malformed();
            }
            if (result.isUnderflow()) {
                if (ended) {
                    decoder.flush(decoded);
                    flushed = true;
                } else {
                    fill();
                }
            }
        }
        decoded.flip();
        return decoded.hasRemaining();
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(0, read));
        bytes.flip();
    }

    private InvalidInputException malformed() {
        int at = line;
        while (decoded.hasRemaining()) {
            at += decoded.get() == '\n' ? 1 : 0;
        }
        return new InvalidInputException(shown + ":" + at + ": not "
                + (charset.equals(StandardCharsets.UTF_8)
                        ? "UTF-8. Save the file in that encoding."
                        : "UTF-16, as the file's first bytes say. Save the file in UTF-8."));
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
