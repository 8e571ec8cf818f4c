package io.github.ftmaven.runtime.checks;

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
 * <p>Of each text only its signature is kept, some 400 bytes. Runs that nine texts of ten have are left out, because
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
    private final int[] signatures;

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
     */
    NearSearch(List<String> texts, int earlier) {
        this.texts = texts;
        this.earlier = earlier;
        this.layout = layout(texts);
        this.signatures = new int[Math.multiplyExact(texts.size(), MinHash.PLACES)];
        IntStream.range(0, texts.size()).parallel().forEach(i -> MinHash.sign(shingles(i), signatures, i));
    }

    /** For each text the nearest earlier one; null where none is near. */
    @Nullable
    Near[] find() {
        int count = texts.size();
        long[][] bands = new long[MinHash.BANDS][];
        int[][] places = new int[MinHash.BANDS][];
        for (int band = 0; band < MinHash.BANDS; band++) {
            bands[band] = MinHash.sorted(signatures, count, band);
            places[band] = new int[count];
            for (int i = 0; i < count; i++) {
                places[band][(int) bands[band][i]] = i;
            }
        }
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> nearest(i, bands, places))
                .toArray(Near[]::new);
    }

    private @Nullable Near nearest(int index, long[][] bands, int[][] places) {
        int[] own = null;
        Near nearest = null;
        int least = FEWEST_PLACES;
        Set<Integer> compared = new HashSet<>();
        for (int band = 0; band < MinHash.BANDS; band++) {
            long[] keys = bands[band];
            int seen = 0;
            for (int at = places[band][index] - 1; at >= 0 && seen < CANDIDATES; at--) {
                if (keys[at] >> 32 != keys[at + 1] >> 32) {
                    break;
                }
                int other = (int) keys[at];
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
