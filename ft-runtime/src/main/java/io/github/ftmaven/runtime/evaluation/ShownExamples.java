package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Digests;
import io.github.ftmaven.runtime.spec.Baseline;
import io.github.ftmaven.runtime.spec.Select;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The training examples before a question: drawn by the seed for all questions, or the most similar ones. */
final class ShownExamples implements AutoCloseable {
    private final List<Example> drawn;
    private final int count;
    private final @Nullable Bm25 index;

    private ShownExamples(List<Example> drawn, int count, @Nullable Bm25 index) {
        this.drawn = drawn;
        this.count = count;
        this.index = index;
    }

    /**
     * Prepares the examples of a baseline.
     *
     * @param examples the training set, in any order
     * @throws InvalidInputException if there are not enough training examples
     */
    static ShownExamples of(List<Example> examples, long seed, Baseline baseline) {
        int count = baseline.fewShot();
        if (count == 0) {
            return new ShownExamples(List.of(), 0, null);
        }
        List<Example> train = new ArrayList<>(examples);
        train.removeIf(example -> example.prompt().messages().isEmpty() || example.tools() != null);
        if (train.size() < count) {
            throw new InvalidInputException("evaluation.baselines: fewShot is " + count + ", but there "
                    + (train.size() == 1 ? "is only " : "are only ") + Counted.of(train.size(), "training example")
                    + " to show.");
        }
        train.sort(
                Comparator.comparing((Example example) -> rank(example, seed)).thenComparing(Example::source));
        Bm25 index = baseline.select() == Select.NEAREST
                ? new Bm25(train.stream().map(ShownExamples::question).toList())
                : null;
        return new ShownExamples(List.copyOf(train), count, index);
    }

    /** A hash of the content, so that the draw does not depend on the order of the examples in the files. */
    private static String rank(Example example, long seed) {
        StringBuilder text = new StringBuilder("few-shot ").append(seed);
        example.messages().forEach(message -> text.append('\0').append(message.content()));
        return Digests.sha256(text.toString());
    }

    private static String question(Example example) {
        return example.messages().get(example.messages().size() - 2).content();
    }

    /** The examples before a question, the most similar last, because the nearest text influences a model most. */
    List<Example> before(String question) {
        if (index == null) {
            return drawn.subList(0, count);
        }
        Set<Example> nearest = new LinkedHashSet<>();
        index.find(question, count).forEach(i -> nearest.add(drawn.get(i)));
        // Not enough examples share a word with the question, so draw the rest.
        for (int i = 0; nearest.size() < count; i++) {
            nearest.add(drawn.get(i));
        }
        List<Example> shown = new ArrayList<>(nearest);
        Collections.reverse(shown);
        return shown;
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
        }
    }
}
