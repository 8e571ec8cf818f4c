package io.github.ftmaven.runtime.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.spec.Sameness;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A question in normal form.
 *
 * @param messages the messages before the answer, in the normal form of {@link SameQuestion}, whether learnt or not; for a
 *     text, the text itself
 * @param tools the tools that the assistant may call; null for none
 */
record AskedQuestion(List<Message> messages, @Nullable JsonNode tools) {
    /** The question of an example's last answer. */
    static AskedQuestion last(Example example, Sameness sameness) {
        Example read = example.loaded();
        return before(read, read.messages().size() - 1, sameness);
    }

    /** The questions of all answers that training learns from an example. */
    static List<AskedQuestion> learnt(Example example, Sameness sameness) {
        return of(example, sameness, Message::learnt);
    }

    /** The questions of all answers in an example, learnt or not, in their order. */
    static List<AskedQuestion> all(Example example, Sameness sameness) {
        return of(example, sameness, message -> true);
    }

    private static List<AskedQuestion> of(Example example, Sameness sameness, Predicate<Message> which) {
        Example read = example.loaded();
        List<Message> messages = read.messages();
        return IntStream.range(0, messages.size())
                .filter(i -> messages.get(i).role() == Role.ASSISTANT && which.test(messages.get(i)))
                .mapToObj(i -> before(read, i, sameness))
                .toList();
    }

    private static AskedQuestion before(Example example, int end, Sameness sameness) {
        return new AskedQuestion(
                example.messages().subList(0, end == 0 ? 1 : end).stream()
                        .map(message -> message.with(SameQuestion.normal(message.content(), sameness)))
                        .toList(),
                example.tools());
    }
}
