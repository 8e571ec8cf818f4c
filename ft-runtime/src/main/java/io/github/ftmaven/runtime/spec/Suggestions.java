package io.github.ftmaven.runtime.spec;

import io.github.ftmaven.runtime.error.EditDistance;
import io.github.ftmaven.runtime.spec.Shape.Items;
import io.github.ftmaven.runtime.spec.Shape.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Guesses what a misspelt or misplaced word was meant to be. */
final class Suggestions {
    /** Longer words are not typing errors. */
    private static final int LONGEST_WORD = 200;

    /** Every key by its path, as {@code training.epochs} and {@code acceptance[].metric}. */
    private final List<String> paths = new ArrayList<>();

    private final Section root;

    /** Prepares suggestions for the keys of a spec. */
    Suggestions(Section root) {
        this.root = root;
    }

    /** Collected on first use: a spec without mistakes never needs it. */
    private List<String> paths() {
        if (paths.isEmpty()) {
            collect(root, "");
        }
        return paths;
    }

    private void collect(Section section, String path) {
        for (Shape.Key key : section.keys()) {
            String keyPath = path.isEmpty() ? key.name() : path + "." + key.name();
            paths.add(keyPath);
            if (key.shape() instanceof Section inner) {
                collect(inner, keyPath);
            } else if (key.shape() instanceof Items items && items.element() instanceof Section inner) {
                collect(inner, keyPath + "[]");
            }
        }
    }

    /**
     * The paths of the keys that an unknown key was probably meant to be. Tried in this order: the same word here, the
     * same word elsewhere, a similar word here, a very similar word elsewhere.
     *
     * @param section the path of the mapping that contains it
     */
    List<String> keys(String written, String section) {
        if (written.length() > LONGEST_WORD) {
            return List.of();
        }
        List<String> here = paths().stream()
                .filter(path -> parent(path).equals(section) && bare(leaf(path)).equals(bare(written)))
                .toList();
        if (!here.isEmpty()) {
            return here;
        }
        List<String> elsewhere = where(path -> bare(leaf(path)).equals(bare(written)));
        if (!elsewhere.isEmpty()) {
            return elsewhere;
        }
        List<String> names = paths().stream()
                .filter(path -> parent(path).equals(section))
                .map(Suggestions::leaf)
                .toList();
        Optional<String> similar = word(written, names);
        return similar.isPresent()
                ? where(path -> parent(path).equals(section) && leaf(path).equals(similar.get()))
                : where(path -> leaf(path).length() >= 4 && EditDistance.of(bare(leaf(path)), bare(written)) == 1);
    }

    /** Whether a key was written as the full path of a nested key. */
    boolean isPath(String written) {
        return written.contains(".") && paths().contains(written);
    }

    /** The most similar word, if any is similar. */
    static Optional<String> word(String written, List<String> words) {
        return (written.length() > LONGEST_WORD ? List.<String>of() : words)
                .stream()
                        .filter(word -> isLike(written, word))
                        .min(Comparator.comparingInt(word -> distance(written, word)));
    }

    /** The path of the mapping that contains a key; empty for the top level. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    /** The last name of a path. */
    static String leaf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private List<String> where(Predicate<String> condition) {
        return paths().stream().filter(condition).toList();
    }

    /** In a short word a different first letter makes a different word: {@code dora} is not {@code lora}. */
    private static boolean isLike(String written, String word) {
        boolean sameStart = bare(written).regionMatches(0, bare(word), 0, 1);
        return distance(written, word) <= Math.max(1, word.length() / 3) && (sameStart || word.length() > 4);
    }

    private static int distance(String a, String b) {
        return EditDistance.of(bare(a), bare(b));
    }

    /** A word without case, hyphens and underscores, in which naming styles differ. */
    private static String bare(String word) {
        return word.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
    }
}
