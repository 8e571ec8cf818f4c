package io.github.ftmaven.parquet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one row group after the other. */
final class FileRows {
    private final ParquetFile file;
    private final MessageType schema;
    private final List<RowGroup> groups;
    private int group;
    private long left;
    private @Nullable RecordReader<Group> reader;

    FileRows(ParquetFile file, MessageType schema) {
        this.file = file;
        this.schema = schema;
        this.groups = file.metadata().getRow_groups();
    }

    /** The next row; empty after the last. */
    Optional<Group> next() {
        while (left == 0) {
            if (group == groups.size()) {
                return Optional.empty();
            }
            open(groups.get(group++));
        }
        left--;
        Group row = reader == null ? null : reader.read();
        if (row == null) {
            throw new DamagedException("a row is missing");
        }
        return Optional.of(row);
    }

    private void open(RowGroup described) {
        left = described.getNum_rows();
        DamagedException.require(left >= 0, "a row group has fewer than 0 rows");
        if (left == 0) {
            return;
        }
        Map<String, PageReader> pages = new HashMap<>();
        for (ColumnChunk chunk : described.getColumns()) {
            DamagedException.require(
                    chunk.isSetMeta_data() && !chunk.isSetFile_path(), "its columns are in other files");
            String path = String.join("\0", chunk.getMeta_data().getPath_in_schema());
            pages.put(path, ChunkPages.of(file, chunk.getMeta_data(), described.getNum_rows()));
        }
        reader = new ColumnIOFactory(file.metadata().getCreated_by())
                .getColumnIO(schema)
                .getRecordReader(new Pages(pages, left), new GroupRecordConverter(schema));
    }

    private record Pages(Map<String, PageReader> pages, long rows) implements PageReadStore {
        @Override
        public PageReader getPageReader(ColumnDescriptor column) {
            PageReader reader = pages.get(String.join("\0", column.getPath()));
            if (reader == null) {
                throw new DamagedException("the column " + String.join(".", column.getPath()) + " is missing");
            }
            return reader;
        }

        @Override
        public long getRowCount() {
            return rows;
        }
    }
}
