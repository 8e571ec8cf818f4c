package io.github.ftmaven.plugin.stamp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/**
 * Detects whether a large file has changed without reading all of it. Modification times can be set to anything. The
 * change time of the file's record cannot, if the system has one, and every write sets it. A sample of the content
 * detects some disk damage.
 *
 * @param modified the modification time of its content
 * @param changed the change time of its record; empty if the system has none
 * @param inode its number in the file system, which differs for a replacement file; empty if there is none
 * @param sample the digest of {@value #BLOCKS} blocks spread over it
 */
record FileState(long size, Instant modified, String changed, String inode, String sample) {
    private static final int BLOCKS = 64;
    private static final int BLOCK = 4096;

    static FileState of(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new FileState(
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                unix(file, "ctime"),
                unix(file, "ino"),
                sample(file, attributes.size()));
    }

    /** The latest known time of a change. */
    Instant last() {
        Instant recorded = changed.isEmpty() ? modified : Instant.parse(changed);
        return recorded.isAfter(modified) ? recorded : modified;
    }

    boolean isThatOf(JsonNode entry) {
        return entry.path("size").asLong(-1) == size
                && entry.path("modified").asText().equals(modified.toString())
                && entry.path("changed").asText("-").equals(changed)
                && entry.path("inode").asText("-").equals(inode)
                && entry.path("sample").asText().equals(sample);
    }

    ObjectNode put(ObjectNode entry) {
        return entry.put("size", size)
                .put("modified", modified.toString())
                .put("changed", changed)
                .put("inode", inode)
                .put("sample", sample);
    }

    private static String unix(Path file, String attribute) throws IOException {
        try {
            Object value = Files.getAttribute(file, "unix:" + attribute);
            return value instanceof FileTime time ? time.toInstant().toString() : String.valueOf(value);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    private static String sample(Path file, long size) throws IOException {
        ByteBuffer blocks = ByteBuffer.allocate(BLOCKS * BLOCK);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            for (int i = 0; i < BLOCKS; i++) {
                channel.position(Math.max(0, size - BLOCK) * i / (BLOCKS - 1));
                blocks.limit((i + 1) * BLOCK);
                while (blocks.hasRemaining() && channel.read(blocks) >= 0) {
                    // A channel may read less than requested.
                }
            }
        }
        blocks.flip();
        byte[] read = new byte[blocks.remaining()];
        blocks.get(read);
        return Digests.sha256(read);
    }
}
