package io.github.ftmaven.runtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.hub.HubSettings.Token;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules are those of huggingface_hub's constants. */
class HubSettingsTest {
    @TempDir
    private Path home;

    @Test
    void hasTheOfficialDefaults() {
        assertThat(of(Map.of()))
                .isEqualTo(new HubSettings(
                        URI.create("https://huggingface.co"), null, home.resolve(".cache/huggingface/hub"), false));
    }

    @Test
    void followsTheEnvironment() {
        assertThat(of(Map.of("XDG_CACHE_HOME", "/c")).cache()).hasToString("/c/huggingface/hub");
        assertThat(of(Map.of("XDG_CACHE_HOME", "/c", "HF_HOME", "~/h")).cache()).isEqualTo(home.resolve("h/hub"));
        assertThat(of(Map.of("HF_HOME", "/h", "HF_HUB_CACHE", "/x")).cache()).hasToString("/x");
        assertThat(of(Map.of("HF_ENDPOINT", "https://mirror.example/api/hf//")).endpoint())
                .hasToString("https://mirror.example/api/hf");
        assertThat(of(Map.of("HF_HUB_OFFLINE", "yes")).offline()).isTrue();
        assertThat(of(Map.of("TRANSFORMERS_OFFLINE", "1")).offline()).isTrue();
        assertThat(of(Map.of("HF_HUB_OFFLINE", "0")).offline()).isFalse();
        assertThat(HubSettings.of(Map.of("HF_HUB_OFFLINE", "0"), home, true).offline())
                .isTrue();
    }

    @Test
    void findsTheToken() throws IOException {
        assertThat(of(Map.of("HF_TOKEN", " t\n")).token()).isEqualTo(new Token("t", "HF_TOKEN"));
        assertThat(of(Map.of("HUGGING_FACE_HUB_TOKEN", "t")).token())
                .isEqualTo(new Token("t", "HUGGING_FACE_HUB_TOKEN"));
        Path file = home.resolve(".cache/huggingface/token");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "stored\n");
        assertThat(of(Map.of()).token()).isEqualTo(new Token("stored", file.toString()));
        assertThat(of(Map.of("HF_TOKEN", "t")).token()).isEqualTo(new Token("t", "HF_TOKEN"));
        assertThat(of(Map.of("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")).token()).isNull();
        Files.writeString(home.resolve("other"), "of another file");
        assertThatThrownBy(
                        () -> of(Map.of("HF_TOKEN_PATH", home.resolve("other").toString())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(home.resolve("other") + ": does not contain a valid token.");
    }

    @Test
    void refusesWhatIsNoAddress() {
        for (String endpoint : new String[] {"hub", "ftp://h", "http://", "a b", "file:///etc"}) {
            assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", endpoint)))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("HF_ENDPOINT is not a URL.");
        }
        assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", "https://me:secret@h")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining("secret");
    }

    private HubSettings of(Map<String, String> environment) {
        return HubSettings.of(environment, home, false);
    }
}
