package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch64",
        "Mac OS X, aarch64, osx-aarch64",
        "Windows 11, amd64, win-x86_64",
    })
    void knowsTheClassifiersOfLibtorch(String name, String processor, String classifier) {
        assertThat(Platform.of(name, processor).classifier()).isEqualTo(classifier);
    }

    @Test
    void isNamedForAnotherMachine() {
        assertThat(Platform.named("osx-aarch64").classifier()).isEqualTo("osx-aarch64");
        assertThatThrownBy(() -> Platform.named("linux-x86-64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("ft.platform is linux-x86-64, but must be one of linux-x86_64, linux-aarch64, osx-aarch64,"
                        + " win-x86_64. Did you mean 'linux-x86_64'?");
    }

    @Test
    void namesAPlatformItDoesNotKnow() {
        assertThatThrownBy(() -> Platform.of("Mac OS X", "x86_64"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("There is no libtorch for Mac OS X on x86_64."
                        + " Run this build on Linux (x86_64, aarch64), macOS (aarch64) or Windows (x86_64).");
        assertThatThrownBy(() -> Platform.of("Linux", "riscv64")).hasMessageContaining("Linux on riscv64");
    }
}
