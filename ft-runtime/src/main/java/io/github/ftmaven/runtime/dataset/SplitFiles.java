package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.files.Digests;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of a split while they are written: its examples, and the tokens of examples to learn. */
final class SplitFiles implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final MessageDigest exampleDigest = Digests.of("SHA-256");
    private final MessageDigest tokenDigest = Digests.of("SHA-256");
    private final OutputStream examples;
    private final @Nullable OutputStream tokens;
    private final int width;

    /**
     * Opens the files.
     *
     * @param tokenFile null to write no tokens
     * @param vocabulary the rows of the base model's embedding
     */
    SplitFiles(Path exampleFile, @Nullable Path tokenFile, int vocabulary) throws IOException {
        width = TokenRecord.width(vocabulary);
        examples = new BufferedOutputStream(
                new DigestOutputStream(Files.newOutputStream(exampleFile), exampleDigest), BUFFER);
        tokens = tokenFile == null
                ? null
                : new BufferedOutputStream(
                        new DigestOutputStream(Files.newOutputStream(tokenFile), tokenDigest), BUFFER);
        if (tokens != null) {
            tokens.write(TokenFile.MAGIC);
            tokens.write(ByteBuffer.allocate(Integer.BYTES).putInt(width).array());
        }
    }

    /**
     * Writes an example and its token sequences.
     *
     * @param source of the example
     */
    void write(Example example, String source, List<EncodedConversation> encoded) {
        try {
            examples.write(ExampleLines.line(example));
            examples.write('\n');
            if (tokens != null) {
                for (EncodedConversation each : encoded) {
                    tokens.write(TokenRecord.write(source, each.tokens(), width).array());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SHA-256 of the file of examples, once closed. */
    String examplesSha256() {
        return HexFormat.of().formatHex(exampleDigest.digest());
    }

    /** The SHA-256 of the file of tokens, once closed; empty if none was written. */
    String tokensSha256() {
        return tokens == null ? "" : HexFormat.of().formatHex(tokenDigest.digest());
    }

    @Override
    public void close() {
        try (examples;
                OutputStream second = tokens) {
            examples.flush();
            if (second != null) {
                second.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
