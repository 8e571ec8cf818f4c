import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the text the base model learns English from. To run it:
 *
 * <pre>
 * javac -d target/generate generate/*.java
 * java -cp target/generate GenerateText
 * </pre>
 *
 * <p>Short letters, stories, conversations and articles about homes, cars and insurance; passages with a question and
 * its answer; sentences and the same in other words; and exercises, in which the answers to the first questions show
 * what the later ones ask. A document keeps most of its people, things and sums from sentence to sentence, so that
 * there is something to learn beyond the next word.
 *
 * <p>Nothing here says what kind of clause a sentence is. The answers of exercises are words that have nothing to do
 * with their questions, drawn anew for every exercise. The names of the eight kinds are answers only where the questions
 * are single words such as towns and dates. The generator of clause-triage reads this text and writes no clause that is
 * in it.
 *
 * <p>In sentences and word lists, <code>{name}</code> is a slot and <code>[a|b]</code> a choice. The output is
 * the same on every machine.
 */
public final class GenerateText {
    private static final int DOCUMENTS = 150_000;
    private static final int VALIDATION_EXERCISES = 64;
    private static final int TEST_DOCUMENTS = 100;

    private final Set<String> written = new TreeSet<>();

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "src/main/ft/data");
        GenerateText generator = new GenerateText();
        Documents documents = new Documents(new Random(20240519));
        generator.write(folder.resolve("text.jsonl"), DOCUMENTS, GenerateText::row, documents::document);
        generator.write(
                folder.resolve("validation.jsonl"), VALIDATION_EXERCISES, GenerateText::row, documents::exercise);
        generator.write(folder.resolve("test.jsonl"), TEST_DOCUMENTS, GenerateText::continuation, documents::prose);
    }

    /** A text, all of which is learned, or an exercise, of which the answers are. */
    private static String row(String document) {
        if (!document.contains(Documents.END)) {
            return "{\"text\": \"" + escaped(document) + "\"}";
        }
        return "{\"messages\": ["
                + Arrays.stream(document.split(Pattern.quote(Documents.END)))
                        .map(GenerateText::exchange)
                        .collect(Collectors.joining(", "))
                + "]}";
    }

    private static String exchange(String text) {
        int border = text.lastIndexOf(Documents.ANSWER) + Documents.ANSWER.length();
        return "{\"role\": \"user\", \"content\": \"" + escaped(text.substring(0, border))
                + "\"}, {\"role\": \"assistant\", \"content\": \"" + escaped(text.substring(border)) + "\"}";
    }

    /** The second half as what should follow the first: a test example needs an answer. */
    private static String continuation(String document) {
        int middle = document.indexOf(' ', document.length() / 2);
        int border = middle < 0 ? document.lastIndexOf(' ') : middle;
        return "{\"prompt\": \"" + escaped(document.substring(0, border)) + "\", \"completion\": \""
                + escaped(document.substring(border)) + "\"}";
    }

    private static String escaped(String document) {
        return document.replace("\"", "\\\"").replace("\n", "\\n");
    }

    private void write(Path file, int documents, UnaryOperator<String> row, Supplier<String> source) throws IOException {
        Files.createDirectories(file.getParent());
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < documents; i++) {
                String document = source.get();
                while (!written.add(document)) {
                    document = source.get();
                }
                out.write(row.apply(document) + "\n");
            }
        }
        System.out.println(file + ": " + documents + " documents");
    }
}
