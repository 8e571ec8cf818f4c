package io.github.ftmaven.runtime.worker;

import io.github.ftmaven.runtime.dataset.DataFiles;
import io.github.ftmaven.runtime.dataset.ProjectPaths;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

/** Passages of local text, found by BM25 (Apache Lucene's standard analysis and similarity). */
final class Passages implements AutoCloseable {
    private static final String TEXT = "text";
    private static final String NUMBER = "number";
    private static final Pattern BLANK_LINES = Pattern.compile("\\R[ \\t]*\\R\\s*");

    private final List<String> passages;
    private final Analyzer analyzer = new StandardAnalyzer();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private Passages(List<String> passages) throws IOException {
        this.passages = passages;
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
            for (int i = 0; i < passages.size(); i++) {
                Document document = new Document();
                document.add(new TextField(TEXT, passages.get(i), Field.Store.NO));
                document.add(new StoredField(NUMBER, i));
                writer.addDocument(document);
            }
        }
        this.reader = DirectoryReader.open(directory);
        this.searcher = new IndexSearcher(reader);
    }

    /**
     * Reads passages from files.
     *
     * @throws InvalidInputException if there is no file, or none with text
     */
    static Passages read(Path directory, List<String> patterns) {
        List<String> passages = new ArrayList<>();
        try {
            for (Path file : new DataFiles(directory, new ProjectPaths(Path.of("")))
                    .find("evaluation.baselines: passages", patterns)) {
                for (String passage : BLANK_LINES.split(Files.readString(file), -1)) {
                    if (!passage.isBlank()) {
                        passages.add(passage.strip());
                    }
                }
            }
            if (passages.isEmpty()) {
                throw new InvalidInputException("evaluation.baselines: the passages hold no text.");
            }
            return new Passages(passages);
        } catch (IOException e) {
            throw new InvalidInputException("evaluation.baselines: the passages cannot be read as UTF-8 text.", e);
        }
    }

    /** The best for a question, best first; of equals the one that is written first. */
    List<String> find(String question, int count) {
        try {
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            List<String> terms = terms(question);
            terms.stream()
                    .distinct()
                    .limit(IndexSearcher.getMaxClauseCount())
                    .forEach(term -> query.add(new TermQuery(new Term(TEXT, term)), BooleanClause.Occur.SHOULD));
            List<String> found = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query.build(), count).scoreDocs) {
                Document document = searcher.storedFields().document(hit.doc);
                found.add(passages.get(document.getField(NUMBER).numericValue().intValue()));
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
