package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.checks.InspectedRow;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.Sameness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns examples into rows for the checks.
 *
 * @param system the system message of the spec, which is no row's own; null for none
 */
record InspectedRows(@Nullable String system, Sameness sameness) {
    static InspectedRows of(DatasetSpec dataset) {
        return new InspectedRows(dataset.system(), dataset.leaks().sameQuestion());
    }

    InspectedRow row(Example stored, InspectedRow.Encoded encoded) {
        Example example = stored.loaded();
        boolean asks = example.messages().size() > 1;
        String question = question(example);
        List<String> prompts = example.messages().stream()
                .filter(message -> message.role() != Role.ASSISTANT)
                .map(Message::content)
                .toList();
        return new InspectedRow(
                example.source(),
                new InspectedRow.Question(
                        PromptKey.of(example, sameness).digest(), question, SameQuestion.normal(question), asks),
                example.answer().strip(),
                prompts,
                texts(example),
                encoded);
    }

    /** What is asked, without a system message; for a text without a question, the text. */
    static String question(Example example) {
        List<Message> prompt = example.prompt().messages();
        return prompt.isEmpty()
                ? example.answer()
                : prompt.stream()
                        .filter(message -> message.role() != Role.SYSTEM)
                        .map(Message::content)
                        .collect(Collectors.joining("\n"));
    }

    private List<String> texts(Example example) {
        List<String> texts = new ArrayList<>();
        for (Message message : example.messages()) {
            if (message.role() != Role.SYSTEM || !message.content().equals(system)) {
                texts.add(message.content());
            }
            strings(message.more()).forEach(texts::add);
        }
        texts.addAll(example.metadata().values());
        return texts;
    }

    /** The texts in tool calls and the like. */
    private static Stream<String> strings(JsonNode json) {
        if (json.isTextual()) {
            return Stream.of(json.textValue());
        }
        List<String> texts = new ArrayList<>();
        json.forEach(each -> strings(each).forEach(texts::add));
        return texts.stream();
    }
}
