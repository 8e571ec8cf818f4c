package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.files.Digest128;
import java.util.Collection;
import java.util.List;

/** Rows in memory, for tests. */
public final class ListedRows implements SplitRows {
    private final List<InspectedRow> rows;
    private final List<RowNotes> notes;

    public ListedRows(List<InspectedRow> rows, Collection<String> specialTokens) {
        RowLook look = new RowLook(specialTokens);
        this.rows = List.copyOf(rows);
        this.notes = rows.stream().map(look::notes).toList();
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public RowNotes notes(int index) {
        return notes.get(index);
    }

    @Override
    public InspectedRow row(int index) {
        return rows.get(index);
    }

    @Override
    public Digest128 question(int index) {
        return rows.get(index).question().key();
    }

    @Override
    public Digest128 normal(int index) {
        return Digest128.of(normalText(index));
    }

    @Override
    public String normalText(int index) {
        return rows.get(index).question().normal();
    }
}
