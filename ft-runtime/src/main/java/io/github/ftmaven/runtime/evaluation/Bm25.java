package io.github.ftmaven.runtime.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** A text index with BM25 (Apache Lucene's standard analysis and similarity). */
final class Bm25 implements AutoCloseable {
    private static final String TEXT = "text";
    private static final String NUMBER = "number";

    private final Analyzer analyzer = new StandardAnalyzer();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    /** Makes an index of texts. */
    Bm25(List<String> texts) {
        try {
            try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (int i = 0; i < texts.size(); i++) {
                    Document document = new Document();
                    document.add(new TextField(TEXT, texts.get(i), Field.Store.NO));
                    document.add(new StoredField(NUMBER, i));
                    writer.addDocument(document);
                }
            }
            this.reader = DirectoryReader.open(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never of memory
        }
        this.searcher = new IndexSearcher(reader);
    }

    /** The numbers of the texts that share a word with a question, best first; ties keep the original order. */
    List<Integer> find(String question, int count) {
        try {
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            terms(question).stream()
                    .distinct()
                    .limit(IndexSearcher.getMaxClauseCount())
                    .forEach(term -> query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD));
            List<Integer> found = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query.build(), count).scoreDocs) {
                Document document = searcher.storedFields().document(hit.doc);
                found.add(document.getField(NUMBER).numericValue().intValue());
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never of memory
        }
    }

    private List<String> terms(String text) throws IOException {
        List<String> terms = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream(TEXT, text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                terms.add(term.toString());
            }
            tokens.end();
        }
        return terms;
    }

    @Override
    public void close() {
        try {
            reader.close();
            directory.close();
            analyzer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never of memory
        }
    }
}
