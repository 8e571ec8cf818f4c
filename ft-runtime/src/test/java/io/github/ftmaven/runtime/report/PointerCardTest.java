package io.github.ftmaven.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.spec.Licenses;
import io.github.ftmaven.runtime.spec.Quantization;
import io.github.ftmaven.runtime.spec.TestSpec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PointerCardTest {
    @Test
    void saysThatTheWeightsStayWithTheProvider() {
        assertThat(card("triage-01", "2031-01-14", "Be *brief*."))
                .contains("""
                        ---
                        license: "MIT"
                        pipeline_tag: text-generation
                        tags:
                        - hosted
                        ---

                        # triage

                        A fine-tune of **mini\\_1** at OpenAI (x.y), trained for ft-maven-plugin.

                        **The weights stay with the provider.** This artifact holds no weights but `pointer.json`, which names the
                        model there. It is of use as long as the provider serves that model to your account. It says: until 2031-01-14.
                        The provider's terms apply.

                        ## Base model

                        `mini_1`, as the provider calls it.
                        """)
                .contains("Tokens are counted with the tokenizer of `org/tokens`, which may not be the provider's.")
                .contains(
                        "A conversation without a system message gets this one:\n\n    Be *brief*.\n\nAnswers were measured"
                                + " at temperature 0 and with at most 16 new tokens.")
                .contains("""
                        | method | supervised, by the provider's own program |
                        | trained at | OpenAI (x.y), in the job ftjob-1 |
                        | model | ft:mini::1 |
                        | deployed as | triage-01 |
                        | epochs | 3 |
                        | batch size | 16 |
                        | seed | 42 |
                        """)
                .contains("curl https://x.y/v1/chat/completions \\\n  -H \"Authorization: Bearer $API_KEY\"")
                .contains("'{\"model\": \"triage-01\", \"messages\":")
                .doesNotContain("learning rate", "peft", "lora");
    }

    @Test
    void saysWhatTheProviderDoesNotSay() {
        assertThat(card(null, null, null))
                .contains("It does not say until when.")
                .contains("The provider renders conversations. Answers were measured")
                .contains("'{\"model\": \"ft:mini::1\", \"messages\":")
                .doesNotContain("deployed as");
    }

    private static String card(@Nullable String deployment, @Nullable String until, @Nullable String system) {
        ModelPointer pointer = new ModelPointer(
                "OpenAI (x.y)", "https://x.y/v1", "ft:mini::1", "mini_1", deployment, "ftjob-1", "01ab", null, until);
        return ModelCard.render(new ModelCard.Facts(
                "triage",
                new ModelCard.Base(new PublishedBase("org/tokens", "c0ffee"), null),
                new ModelCard.Method(
                        Quantization.NONE,
                        null,
                        null,
                        new ModelCard.Arithmetic("float32", null, null),
                        TestSpec.with().training(),
                        0,
                        new ModelCard.Ran("OpenAI (x.y)", "ftjob-1", "mini_1"),
                        pointer),
                ModelCard.Asked.there(system, false, 16),
                List.of(new ModelCard.Split("train", 10, 20, 5, "0a")),
                List.of(),
                Map.of(),
                new ModelCard.Declared(null, new Licenses("MIT", null, null)),
                new ModelCard.Files(Map.of(), null)));
    }
}
