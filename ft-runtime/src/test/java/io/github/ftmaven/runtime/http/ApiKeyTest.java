package io.github.ftmaven.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    @Test
    void takesAKeyAsFilesHaveIt() {
        assertThat(new ApiKey("abc\n", "the variable").secret()).isEqualTo("abc");
        assertThatThrownBy(() -> new ApiKey("a b", "the variable"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "The API key from the variable has characters that a key cannot have, such as white space. Set"
                                + " it anew.");
        assertThat(new ApiKey("abc", "the variable")).hasToString("the variable");
    }
}
