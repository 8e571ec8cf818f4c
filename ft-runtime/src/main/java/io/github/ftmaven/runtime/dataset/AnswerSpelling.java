package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.Spelling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spells answers in a form that the base model knows: {@code WORDS} turns the underscores of labels into spaces. Models
 * were trained on words, and some cannot distinguish a character that their training text never contained.
 */
public final class AnswerSpelling {
    private final Spelling rule;
    private final Map<String, String> originals = new HashMap<>();

    AnswerSpelling(Spelling rule) {
        this.rule = rule;
    }

    /** The spelling of an answer under a rule. */
    public static String spell(Spelling rule, String answer) {
        return rule == Spelling.WORDS ? answer.replace('_', ' ') : answer;
    }

    /**
     * The example with all its answers spelled by the rule. Text without a prompt stays unchanged.
     *
     * @throws InvalidInputException if two different answers, of this or an earlier example, become identical
     */
    Example apply(Example example) {
        if (rule == Spelling.VERBATIM || example.prompt().messages().isEmpty()) {
            return example;
        }
        List<Message> messages = example.messages().stream()
                .map(message -> message.role() == Role.ASSISTANT ? message.with(words(message, example)) : message)
                .toList();
        return example.with(messages);
    }

    private String words(Message message, Example example) {
        String answer = message.content();
        String words = spell(rule, answer);
        String earlier = originals.putIfAbsent(words, answer);
        if (earlier != null && !earlier.equals(answer)) {
            throw new InvalidInputException(
                    example.source() + ": the answers \"" + Sensitive.mask(earlier) + "\" and \""
                            + Sensitive.mask(answer)
                            + "\" become identical with dataset.answers: words. Use one spelling in the data, or"
                            + " remove the key.");
        }
        return words;
    }
}
