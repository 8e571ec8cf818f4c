package io.github.ftmaven.runtime.model;

import io.github.ftmaven.runtime.error.FileProblem;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/** One safetensors file, read through memory maps: opening it reads only the header. It does not keep the file open. */
public final class SafetensorsFile implements Weights {
    /** The last tensor of a sealed file. */
    static final String SEAL = "sha256";

    private static final int SLICE = 1 << 20;

    private final Path path;
    private final String display;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, String display, SafetensorsHeader header) {
        this.path = path;
        this.display = display;
        this.header = header;
    }

    /**
     * Opens a file and checks its header against its size.
     *
     * @param display the file as the user would write its path, for messages
     * @throws InvalidInputException if the file does not exist, or is not a complete and valid safetensors file
     * @throws UncheckedIOException if it cannot be read
     */
    public static SafetensorsFile open(Path path, String display) {
        try (FileChannel channel = FileChannel.open(path)) {
            return new SafetensorsFile(path, display, SafetensorsHeader.read(channel, display));
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(display + ": no such file.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(display + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return header.tensors();
    }

    /** The header's {@code __metadata__}; empty if it has none. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public String file(String name) {
        tensor(name);
        return display;
    }

    /** Whether the file is sealed and unchanged since {@link SafetensorsWriter#writeSealed} wrote it. */
    public boolean isIntact() {
        TensorInfo seal = tensors().get(SEAL);
        if (seal == null) {
            return false;
        }
        MessageDigest digest = Digests.of("SHA-256");
        ByteBuffer part = ByteBuffer.allocate(SLICE);
        try (FileChannel channel = FileChannel.open(path)) {
            for (long position = 0; position < seal.offset(); position += part.limit()) {
                part.clear().limit((int) Math.min(SLICE, seal.offset() - position));
                readFully(channel, part, position);
                digest.update(part.flip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(display + ": cannot be read: " + FileProblem.reason(e), e);
        }
        return bytes(SEAL).equals(ByteBuffer.wrap(digest.digest()));
    }

    private static void readFully(FileChannel channel, ByteBuffer into, long from) throws IOException {
        long position = from;
        while (into.hasRemaining()) {
            int count = channel.read(into, position);
            if (count < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            position += count;
        }
    }

    private TensorInfo within(String name, long offset, int length) {
        TensorInfo tensor = tensor(name);
        if (offset < 0 || length < 0 || offset > tensor.size() - length) {
            throw new IllegalArgumentException(
                    "bytes " + offset + " + " + length + " are not within the " + tensor.size() + " of " + name);
        }
        return tensor;
    }

    @Override
    public void read(String name, long offset, ByteBuffer into) {
        long position = within(name, offset, into.remaining()).offset() + offset;
        try (FileChannel channel = FileChannel.open(path)) {
            readFully(channel, into, position);
        } catch (IOException e) {
            throw new UncheckedIOException(display + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }

    @Override
    public ByteBuffer bytes(String name, long offset, int length) {
        TensorInfo tensor = within(name, offset, length);
        if (length == 0) {
            return ByteBuffer.allocateDirect(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, tensor.offset() + offset, length)
                    .order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(display + ": cannot be read: " + FileProblem.reason(e), e);
        }
    }
}
