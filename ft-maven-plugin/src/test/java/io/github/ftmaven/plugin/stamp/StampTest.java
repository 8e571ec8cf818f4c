package io.github.ftmaven.plugin.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StampTest {
    @Test
    void namesWhatChanged() {
        Stamp before = stamp(Map.of("training.learningRate", "2.0E-4", "seed", "1", "file a", "00", "file b", "00"));
        Stamp after = stamp(Map.of("training.learningRate", "1.0E-4", "seed", "1", "file a", "11", "file c", "00"));

        assertThat(after.changesSince(before))
                .containsExactly("a", "b (gone)", "c (new)", "training.learningRate 2.0E-4 -> 1.0E-4");
        assertThat(after.changesSince(after)).isEmpty();
    }

    @Test
    void tellsAnEmptyValueFromNone() {
        assertThat(stamp(Map.of("a", "")).changesSince(stamp(Map.of()))).containsExactly("a absent -> ");
    }

    @Test
    void hasAKeyOfAllNamesAndValues() {
        String key = stamp(Map.of("a", "1", "b", "2")).key();

        assertThat(key).hasSize(64).isEqualTo(stamp(Map.of("b", "2", "a", "1")).key());
        assertThat(key)
                .isNotEqualTo(stamp(Map.of("a", "1", "b", "3")).key())
                .isNotEqualTo(stamp(Map.of("a", "1", "c", "2")).key())
                .isNotEqualTo(stamp(Map.of("a", "11 b1 2")).key());
    }

    private static Stamp stamp(Map<String, String> fields) {
        return new Stamp(new TreeMap<>(fields));
    }
}
