package io.github.ftmaven.plugin.mojo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UserPropertiesTest {
    private final UserProperties properties = new UserProperties(Set.of("ft.device", "ft.threads", "ft.train.skip"));

    @Test
    void suggestsWhatWasMeant() {
        assertThatThrownBy(() -> properties.check(Set.of("ft.devise", "skipTests")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("-Dft.devise: there is no such property of this plugin. Did you mean 'ft.device'?"
                        + " mvn ft:help -Ddetail lists them.");
    }

    @Test
    void leavesOthersAlone() {
        assertThatCode(() -> properties.check(Set.of("ft.device", "skipTests", "ftp.proxy")))
                .doesNotThrowAnyException();
    }
}
