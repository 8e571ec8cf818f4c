package io.github.ftmaven.parquet;

import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** Unpacks pages, in Java alone. */
final class Codec {
    private Codec() {}

    /** Whether pages with this compression can be unpacked. */
    static boolean isKnown(CompressionCodec codec) {
        return switch (codec) {
            case UNCOMPRESSED, SNAPPY, GZIP, ZSTD, LZ4_RAW -> true;
            case LZO, BROTLI, LZ4 -> false;
        };
    }

    /** Unpacks a page that has a known size. */
    static byte[] unpack(CompressionCodec codec, byte[] packed, int size) throws IOException {
        if (codec == CompressionCodec.UNCOMPRESSED) {
            DamagedException.require(packed.length == size, "a page has another size than it says");
            return packed;
        }
        byte[] bytes = new byte[size];
        int length = switch (codec) {
            case SNAPPY -> new SnappyDecompressor().decompress(packed, 0, packed.length, bytes, 0, size);
            case ZSTD -> new ZstdDecompressor().decompress(packed, 0, packed.length, bytes, 0, size);
            case LZ4_RAW -> new Lz4Decompressor().decompress(packed, 0, packed.length, bytes, 0, size);
            case GZIP -> gunzip(packed, bytes);
            case UNCOMPRESSED, LZO, BROTLI, LZ4 -> throw new DamagedException("its compression is " + codec);
        };
        DamagedException.require(length == size, "a page has another size than it says");
        return bytes;
    }

    private static int gunzip(byte[] packed, byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            int length = in.readNBytes(bytes, 0, bytes.length);
            DamagedException.require(in.read() < 0, "a page is longer than it says");
            return length;
        }
    }
}
