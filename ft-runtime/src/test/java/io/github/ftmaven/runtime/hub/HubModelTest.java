package io.github.ftmaven.runtime.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubModelTest {
    private static final String COMMIT = "7ae557604adf67be50417f59c2c2f167def9a775";

    @Test
    void readsAPinnedRevision() {
        HubModel model = HubModel.parse("hf:Qwen/Qwen2.5-0.5B-Instruct@" + COMMIT, false);
        assertThat(model).isEqualTo(new HubModel("Qwen/Qwen2.5-0.5B-Instruct", COMMIT));
        assertThat(model).hasToString("hf:Qwen/Qwen2.5-0.5B-Instruct@" + COMMIT);
    }

    @Test
    void floatsOnlyOnRequest() {
        assertThat(HubModel.parse("hf:acme/tiny", true).revision()).isEqualTo("main");
        assertThat(HubModel.parse("hf:acme/tiny@refs/pr/1", true).revision()).isEqualTo("refs/pr/1");
        assertThatThrownBy(() -> HubModel.parse("hf:acme/tiny", false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("hf:acme/tiny: has no revision, so the same spec could")
                .hasMessageEndingWith("-Dft.allowFloatingRevision.");
        assertThatThrownBy(() -> HubModel.parse("hf:acme/tiny@v1.0", false))
                .hasMessageStartingWith("hf:acme/tiny@v1.0: the revision v1.0 can move");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf:tiny@main",
                "hf:a/b/c@main",
                "hf:../b@main",
                "hf:a/b@../../x",
                "hf:a/b@",
                "hf:a b/c@main",
                "hf:a--b/c@main",
                "hf:/b@main",
                "hf:a/.b@main",
                "hf:a/b@-x",
                "hf:"
            })
    void refusesWhatIsNoModel(String declared) {
        assertThatThrownBy(() -> HubModel.parse(declared, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(declared + ": not a hub model. Write hf:ORGANIZATION/NAME@REVISION, with a commit as the"
                        + " revision.");
    }
}
