package io.github.ftmaven.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.assertion.Response;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.suite.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PreparedProviderTest {
    private final List<List<String>> asked = new ArrayList<>();
    private final Loud provider = new Loud();

    /** Answers in upper case. Its template takes no question with a 'q' in it, and its service rejects those with an 'x'. */
    private final class Loud extends PreparedProvider<String> {
        Loud() {
            super(new SuitePrompts(question -> question, null));
        }

        @Override
        String question(Conversation conversation) {
            String text = conversation.messages().get(0).content();
            if (text.contains("q")) {
                throw new InvalidInputException("the chat template says: no " + text);
            }
            return text;
        }

        @Override
        List<Response> answers(List<String> questions) {
            asked.add(questions);
            if (questions.stream().anyMatch(question -> question.contains("x"))) {
                throw new InvalidInputException("rejected");
            }
            return questions.stream()
                    .map(text -> new Response(
                            TextNode.valueOf(text.toUpperCase(Locale.ROOT)), 0, null, null, null, Response.Tokens.NONE))
                    .toList();
        }
    }

    private String ask(String prompt) throws ProviderException {
        return provider.ask(prompt, JsonNodeFactory.instance.objectNode())
                .output()
                .asText();
    }

    @Test
    void asksAllTogetherAndNothingTwice() throws ProviderException {
        provider.prepare(List.of("a", "q", "b", "a"));
        assertThat(ask("b")).isEqualTo("B");
        assertThat(ask("a")).isEqualTo("A");
        assertThat(ask("c")).isEqualTo("C");
        assertThat(ask("c")).isEqualTo("C");
        assertThat(asked).containsExactly(List.of("a", "b"), List.of("c"));
    }

    /** One conversation that a template refuses is an error of its own tests, in the template's words. */
    @Test
    void tellsWhyAPromptCannotBeAsked() {
        provider.prepare(List.of("q"));
        assertThatThrownBy(() -> ask("q"))
                .isInstanceOf(ProviderException.class)
                .hasMessage("the chat template says: no q");
        assertThatThrownBy(() -> ask("[{\"role\": \"nobody\"}]"))
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("role");
    }

    /** What a service refuses ends the evaluation. It is not an answer that counts as wrong. */
    @Test
    void endsWhereTheModelCannotBeAsked() {
        assertThatThrownBy(() -> ask("x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("rejected");
    }
}
