package io.github.ftmaven.parquet;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.ZipException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;

/** The values of one column in one row group, page by page. */
final class ChunkPages implements PageReader {
    /** Writers begin a new page at about 1 MB; a page with one long text is longer. */
    private static final int LARGEST = 1 << 28;

    private final InputStream in;
    private final ColumnMetaData column;
    private @Nullable PageHeader ahead;
    private long values;

    private ChunkPages(InputStream in, ColumnMetaData column) {
        this.in = in;
        this.column = column;
    }

    /** The pages of a column's chunk. */
    static ChunkPages of(ParquetFile file, ColumnMetaData column, long rows) {
        if (!Codec.isKnown(column.getCodec())) {
            throw new InvalidInputException(file.shown() + ": its column "
                    + String.join(".", column.getPath_in_schema()) + " is compressed with " + column.getCodec()
                    + ", which is not supported. Write it with snappy, zstd, gzip, lz4_raw or no compression.");
        }
        DamagedException.require(column.getNum_values() >= rows, "a column has fewer values than rows");
        long start = column.getData_page_offset();
        if (column.isSetDictionary_page_offset() && column.getDictionary_page_offset() > 0) {
            start = Math.min(start, column.getDictionary_page_offset());
        }
        return new ChunkPages(file.part(start, column.getTotal_compressed_size()), column);
    }

    @Override
    public long getTotalValueCount() {
        return column.getNum_values();
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        try {
            PageHeader header = header();
            if (header.getType() != PageType.DICTIONARY_PAGE) {
                ahead = header;
                return null;
            }
            byte[] bytes = unpacked(header, content(header));
            DictionaryPageHeader dictionary = header.getDictionary_page_header();
            int size = dictionary.getNum_values();
            DamagedException.require(size >= 0 && size <= bytes.length, "a dictionary is shorter than its size");
            return new DictionaryPage(BytesInput.from(bytes), size, encoding(dictionary.getEncoding()));
        } catch (IOException e) {
            throw problem(e);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (values < column.getNum_values()) {
                PageHeader header = ahead == null ? header() : ahead;
                ahead = null;
                byte[] content = content(header);
                DataPage page = page(header, content);
                if (page != null) {
                    DamagedException.require(page.getValueCount() > 0, "a page has no values");
                    values += page.getValueCount();
                    return page;
                }
            }
            return null;
        } catch (IOException e) {
            throw problem(e);
        }
    }

    private static RuntimeException problem(IOException e) {
        boolean damage = e instanceof EOFException || e instanceof ZipException || e.getCause() != null;
        return damage ? new DamagedException("a page cannot be read") : new UncheckedIOException(e);
    }

    private PageHeader header() throws IOException {
        PageHeader header = Util.readPageHeader(in);
        boolean sized = header.getCompressed_page_size() >= 0
                && header.getUncompressed_page_size() >= 0
                && header.getCompressed_page_size() <= LARGEST
                && header.getUncompressed_page_size() <= LARGEST;
        DamagedException.require(sized, "a page has a size of more than " + (LARGEST >> 20) + " MiB");
        return header;
    }

    private byte[] content(PageHeader header) throws IOException {
        int size = header.getCompressed_page_size();
        byte[] content = in.readNBytes(size);
        DamagedException.require(content.length == size, "a page is longer than its column");
        if (header.isSetCrc()) {
            CRC32 crc = new CRC32();
            crc.update(content);
            DamagedException.require((int) crc.getValue() == header.getCrc(), "the checksum of a page differs");
        }
        return content;
    }

    private byte[] unpacked(PageHeader header, byte[] content) throws IOException {
        return Codec.unpack(column.getCodec(), content, header.getUncompressed_page_size());
    }

    private @Nullable DataPage page(PageHeader header, byte[] content) throws IOException {
        return switch (header.getType()) {
            case DATA_PAGE -> first(header, header.getData_page_header(), content);
            case DATA_PAGE_V2 -> second(header, header.getData_page_header_v2(), content);
            case DICTIONARY_PAGE, INDEX_PAGE -> null;
        };
    }

    private DataPage first(PageHeader header, DataPageHeader data, byte[] content) throws IOException {
        byte[] bytes = unpacked(header, content);
        return new DataPageV1(
                BytesInput.from(bytes),
                data.getNum_values(),
                bytes.length,
                none(),
                encoding(data.getRepetition_level_encoding()),
                encoding(data.getDefinition_level_encoding()),
                encoding(data.getEncoding()));
    }

    /** Its levels are never compressed. */
    private DataPage second(PageHeader header, DataPageHeaderV2 data, byte[] content) throws IOException {
        int repetition = data.getRepetition_levels_byte_length();
        int definition = data.getDefinition_levels_byte_length();
        long levels = (long) repetition + definition;
        DamagedException.require(
                repetition >= 0
                        && definition >= 0
                        && levels <= content.length
                        && levels <= header.getUncompressed_page_size(),
                "the levels of a page are longer than the page");
        byte[] rest = Arrays.copyOfRange(content, (int) levels, content.length);
        boolean packed = !data.isSetIs_compressed() || data.isIs_compressed();
        byte[] bytes = packed && rest.length > 0
                ? Codec.unpack(column.getCodec(), rest, header.getUncompressed_page_size() - (int) levels)
                : rest;
        return DataPageV2.uncompressed(
                data.getNum_rows(),
                data.getNum_nulls(),
                data.getNum_values(),
                BytesInput.from(content, 0, repetition),
                BytesInput.from(content, repetition, definition),
                encoding(data.getEncoding()),
                BytesInput.from(bytes),
                none());
    }

    /** Nothing here asks for the least and the greatest value. */
    @SuppressWarnings("NullAway")
    private static Statistics<?> none() {
        return null;
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }
}
