package io.github.ftmaven.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountedTest {
    @Test
    void hasASingular() {
        assertThat(Counted.of(1, "row")).isEqualTo("1 row");
        assertThat(Counted.of(0, "row")).isEqualTo("0 rows");
        assertThat(Counted.of(2800, "row")).isEqualTo("2,800 rows");
        assertThat(Counted.of(1, "entry", "entries")).isEqualTo("1 entry");
        assertThat(Counted.of(2, "entry", "entries")).isEqualTo("2 entries");
    }
}
