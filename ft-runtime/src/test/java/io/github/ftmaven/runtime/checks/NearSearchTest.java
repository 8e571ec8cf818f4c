package io.github.ftmaven.runtime.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.files.Scratch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearSearchTest {
    private static final List<String> WORDS = List.of(
            "card",
            "bank",
            "transfer",
            "Sunday",
            "fee",
            "account",
            "why",
            "was",
            "declined",
            "my",
            "the",
            "lost",
            "exchange",
            "rate",
            "identity",
            "verify",
            "top",
            "up",
            "pending",
            "refund",
            "cash",
            "machine",
            "abroad");

    @TempDir
    Path directory;

    private Scratch scratch;

    @BeforeEach
    void open() {
        scratch = new Scratch(directory);
    }

    @AfterEach
    void close() {
        scratch.close();
    }

    /** Texts of which many are an earlier one with a few letters changed. */
    private static List<String> texts(int count) {
        Random random = new Random(5);
        Set<String> texts = new LinkedHashSet<>();
        List<String> list = new ArrayList<>();
        while (texts.size() < count) {
            String text = list.isEmpty() || random.nextBoolean()
                    ? sentence(random)
                    : changed(list.get(random.nextInt(list.size())), random);
            if (texts.add(text)) {
                list.add(text);
            }
        }
        return list;
    }

    private static String sentence(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6 + random.nextInt(12); i++) {
            text.append(WORDS.get(random.nextInt(WORDS.size())))
                    .append(random.nextInt(100))
                    .append(' ');
        }
        return text.toString();
    }

    private static String changed(String text, Random random) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            changed.setCharAt(random.nextInt(changed.length()), (char) ('a' + random.nextInt(26)));
        }
        return changed.toString();
    }

    /** The signatures only choose what is compared; who is found is what comparing each with each finds. */
    @Test
    void findsWhatComparingEachWithEachFinds() {
        List<String> texts = texts(1_500);
        int earlier = 1_200;
        @Nullable NearSearch.Near[] found = new NearSearch(texts, earlier, scratch).find();
        List<int[]> shingles = texts.stream().map(Shingles::of).toList();
        int near = 0;
        for (int i = 0; i < texts.size(); i++) {
            double most = 0;
            for (int j = 0; j < Math.min(i, earlier); j++) {
                most = Math.max(most, Shingles.similarity(shingles.get(i), shingles.get(j)));
            }
            NearSearch.Near one = found[i];
            assertThat(one != null).as("%d: %s", i, most).isEqualTo(most >= NearSearch.NEAR);
            if (one != null) {
                near++;
                assertThat(one.index()).isLessThan(Math.min(i, earlier));
                assertThat(one.similarity())
                        .isEqualTo(Shingles.similarity(shingles.get(i), shingles.get(one.index())))
                        .isLessThanOrEqualTo(most);
            }
        }
        assertThat(near).isBetween(200, 1_000);
    }

    @Test
    void estimatesTheSimilarity() {
        List<String> texts = texts(400);
        Scratch.Ints signatures = scratch.ints((long) texts.size() * MinHash.PLACES);
        List<int[]> shingles = texts.stream().map(Shingles::of).toList();
        for (int i = 0; i < texts.size(); i++) {
            MinHash.sign(shingles.get(i), signatures, i);
        }
        double error = 0;
        int pairs = 0;
        for (int i = 0; i < texts.size(); i++) {
            for (int j = 0; j < i; j++) {
                double similarity = Shingles.similarity(shingles.get(i), shingles.get(j));
                double estimate = (double) MinHash.equalPlaces(signatures, i, j) / MinHash.PLACES;
                assertThat(estimate).isBetween(similarity - 0.35, similarity + 0.35);
                error += estimate - similarity;
                pairs++;
            }
        }
        assertThat(error / pairs).isBetween(-0.005, 0.005);
    }

    @Test
    void computesJaccardsSimilarity() {
        // abcde, bcdef and bcdef, cdefg: one of three
        assertThat(Shingles.similarity(Shingles.of("abcdef"), Shingles.of("bcdefg")))
                .isEqualTo(1.0 / 3);
        assertThat(Shingles.of("aaaaaaaaaa")).hasSize(1);
        assertThat(Shingles.similarity(Shingles.of(""), Shingles.of(""))).isZero();
        assertThat(Shingles.similarity(Shingles.of("abc"), Shingles.of("abc"))).isEqualTo(1);
    }

    @Test
    void doesNotCountTheWordsOfALayout() {
        List<String> texts = new ArrayList<>();
        String layout =
                "Classify the following clause of an insurance contract by its purpose and answer in one word: ";
        for (int i = 0; i < 50; i++) {
            texts.add(layout + sentence(new Random(i)));
        }
        assertThat(new NearSearch(texts, 50, scratch).find()).containsOnlyNulls();
        texts.add(texts.get(7) + "x");
        assertThat(new NearSearch(texts, 50, scratch).find()[50])
                .isNotNull()
                .satisfies(near -> assertThat(near.index()).isEqualTo(7));
    }

    @Test
    void takesBoundedTimeWhereAllTextsShareABand() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            texts.add("the same beginning of all of these texts " + i);
        }
        assertThat(new NearSearch(texts, texts.size(), scratch).find()).hasSize(5_000);
    }
}
