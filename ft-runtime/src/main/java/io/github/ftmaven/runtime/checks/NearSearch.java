package io.github.ftmaven.runtime.checks;

import io.github.ftmaven.runtime.files.Scratch;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds for each text the most similar one before it. Candidates come from {@link MinHash}; what is reported was
 * compared in full.
 *
 * <p>Texts are read when they are compared. Of each, only its signature and its places in the order of signatures are kept,
 * some 450 bytes, where they take no heap. Runs that nine texts of ten have are left out, because
 * questions that are laid out by one template are not similar for that.
 */
final class NearSearch {
    /** The similarity from which two texts are near. */
    static final double NEAR = 0.8;

    /** Below this estimate, a similarity of {@link #NEAR} is out of the question: four standard deviations. */
    private static final int FEWEST_PLACES = (int) (0.6 * MinHash.PLACES);

    /** How many earlier texts of one band are looked at, so that a band that all texts share does not take forever. */
    private static final int CANDIDATES = 32;

    /** How many places less a candidate may have than the nearest so far: two standard deviations. */
    private static final int MARGIN = 8;

    private static final int SAMPLE = 400;
    private static final int LEAST_SAMPLE = 20;

    private final List<String> texts;
    private final int earlier;
    private final int[] layout;
    private final Scratch scratch;
    private final Scratch.Ints signatures;

    /**
     * Another text that is near.
     *
     * @param index the place of the other text
     */
    record Near(int index, double similarity) {}

    /**
     * Prepares the search.
     *
     * @param texts in normal form, each once
     * @param earlier how many of them, from the first, can be found
     * @param scratch where signatures are
     */
    NearSearch(List<String> texts, int earlier, Scratch scratch) {
        this.texts = texts;
        this.earlier = earlier;
        this.scratch = scratch;
        this.layout = layout(texts);
        this.signatures = scratch.ints((long) texts.size() * MinHash.PLACES);
        IntStream.range(0, texts.size()).parallel().forEach(i -> MinHash.sign(shingles(i), signatures, i));
    }

    /** For each text the nearest earlier one; null where none is near. */
    @Nullable
    Near[] find() {
        int count = texts.size();
        Scratch.Longs[] bands = new Scratch.Longs[MinHash.BANDS];
        Scratch.Ints[] places = new Scratch.Ints[MinHash.BANDS];
        for (int band = 0; band < MinHash.BANDS; band++) {
            long[] sorted = MinHash.sorted(signatures, count, band);
            bands[band] = scratch.longs(count);
            places[band] = scratch.ints(count);
            for (int i = 0; i < count; i++) {
                bands[band].set(i, sorted[i]);
                int index = (int) sorted[i]; // its lower half
                places[band].set(index, i);
            }
        }
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> nearest(i, bands, places))
                .toArray(Near[]::new);
    }

    private @Nullable Near nearest(int index, Scratch.Longs[] bands, Scratch.Ints[] places) {
        int[] own = null;
        Near nearest = null;
        int least = FEWEST_PLACES;
        Set<Integer> compared = new HashSet<>();
        for (int band = 0; band < MinHash.BANDS; band++) {
            Scratch.Longs keys = bands[band];
            int seen = 0;
            int place = places[band].get(index);
            long bucket = keys.get(place) >> 32;
            for (int at = place - 1; at >= 0 && seen < CANDIDATES; at--) {
                long key = keys.get(at);
                if (key >> 32 != bucket) {
                    break;
                }
                int other = (int) key;
                if (other >= earlier) {
                    continue;
                }
                seen++;
                int equal = MinHash.equalPlaces(signatures, index, other);
                if (equal < least || !compared.add(other)) {
                    continue;
                }
                own = own == null ? shingles(index) : own;
                double similarity = Shingles.similarity(own, shingles(other));
                if (similarity >= NEAR && (nearest == null || similarity > nearest.similarity())) {
                    nearest = new Near(other, similarity);
                    least = Math.max(least, equal - MARGIN);
                }
            }
        }
        return nearest;
    }

    /** The runs of a text without those of the layout; empty ones resemble nothing. */
    private int[] shingles(int index) {
        return Shingles.without(Shingles.of(texts.get(index)), layout);
    }

    private static int[] layout(List<String> texts) {
        if (texts.size() < LEAST_SAMPLE) {
            return new int[0];
        }
        int step = Math.max(1, texts.size() / SAMPLE);
        Map<Integer, Integer> counts = new HashMap<>();
        int sampled = 0;
        for (int i = 0; i < texts.size(); i += step) {
            sampled++;
            Arrays.stream(Shingles.of(texts.get(i))).forEach(each -> counts.merge(each, 1, Integer::sum));
        }
        int common = (int) Math.ceil(0.9 * sampled);
        return counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= common)
                .mapToInt(Map.Entry::getKey)
                .sorted()
                .toArray();
    }
}
