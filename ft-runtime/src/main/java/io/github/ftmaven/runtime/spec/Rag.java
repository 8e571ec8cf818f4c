package io.github.ftmaven.runtime.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Retrieval by BM25. */
public record Rag(
        @Doc("Files or globs of text or Markdown; blank lines separate the passages.") @Paths
        List<String> passages,

        @Doc("How many passages precede a question.") @Bounds(min = 1) @Nullable
        Integer top) {
    private static final int TOP = 3;

    public Rag {
        passages = List.copyOf(passages);
    }

    /** How many passages; 3 unless said otherwise. */
    public int count() {
        return top == null ? TOP : top;
    }
}
