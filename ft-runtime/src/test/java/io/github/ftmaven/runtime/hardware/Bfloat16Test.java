package io.github.ftmaven.runtime.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Bfloat16Test {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flags\t\t: fpu avx2 avx512f amx_bf16 amx_tile | true",
                "flags\t\t: fpu avx512f avx512_bf16 | true",
                "Features\t: fp asimd bf16 i8mm | true",
                "flags\t\t: fpu avx2 avx512f avx512_vnni | false",
                "flags\t\t: fpu not_avx512_bf16_at_all | false",
                "model name\t: amx_bf16 | true",
                "bugs\t\t: avx512_bf16 | true"
            })
    void readsTheFlagsOfProcessors(String line, boolean expected) {
        assertThat(Bfloat16.isOnCpu("processor\t: 0\n" + line + "\n")).isEqualTo(expected);
    }
}
