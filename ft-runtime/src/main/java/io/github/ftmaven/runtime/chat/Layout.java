package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays out conversations as text, for models without a chat template.
 *
 * <p>White space around contents is removed, except by {@code RAW}, which writes everything unchanged.
 */
enum Layout {
    /** The question on its own lines, the answer on the next. */
    PLAIN("{}\n\n", "{}", "\n", "{}", "\n\n", null),
    /** {@code Question: …} and {@code Answer: …} on two lines. */
    QUESTION("{}\n\n", "Question: {}", "\nAnswer:", " {}", "\n\n", null),
    /** Alpaca's headings, without its preamble, which can be written as the system message. */
    ALPACA("{}\n\n", "### Instruction:\n{}", "\n\n### Response:\n", "{}", "\n\n", null),
    /** The turns of Qwen and many others; the tokenizer must have both marks as tokens. */
    CHATML(
            "<|im_start|>system\n{}<|im_end|>\n",
            "<|im_start|>user\n{}<|im_end|>\n",
            "<|im_start|>assistant\n",
            "{}",
            "\n",
            "<|im_end|>"),
    /** Only the contents, one after the other; a single answer is plain text to learn. */
    RAW("{}", "{}", "", "{}", "", null);

    private static final String CONTENT = "{}";

    private final String system;
    private final String user;
    private final String opening;
    private final String assistant;
    private final String between;
    private final @Nullable String endOfTurn;

    Layout(String system, String user, String opening, String assistant, String between, @Nullable String endOfTurn) {
        this.system = system;
        this.user = user;
        this.opening = opening;
        this.assistant = assistant;
        this.between = between;
        this.endOfTurn = endOfTurn;
    }

    /**
     * A text and the answer that continues it.
     *
     * @param answer null if the model's answer is still missing
     */
    record Turn(String prompt, @Nullable String answer) {}

    /**
     * The text around a message's content.
     *
     * @param before the text before it
     * @param after the text after it
     */
    record Frame(String before, String after) {
        private static Frame of(String text) {
            int content = text.indexOf(CONTENT);
            return new Frame(text.substring(0, content), text.substring(content + CONTENT.length()));
        }

        String around(String content) {
            return before + content + after;
        }
    }

    /** The text around a system message. */
    Frame system() {
        return Frame.of(system);
    }

    /** The text around a question. */
    Frame user() {
        return Frame.of(user);
    }

    /** The text after a question, which an answer continues. */
    String opening() {
        return opening;
    }

    /** The text around an answer; the end token follows. */
    Frame assistant() {
        return Frame.of(assistant);
    }

    /** The text between an ended answer and the next message. */
    String between() {
        return between;
    }

    /** Whether white space around contents is removed, as by Python's {@code str.strip()}. */
    boolean strips() {
        return this != RAW;
    }

    /** The layout of a spec; {@code AUTO} is {@link #PLAIN} if the model has no template of its own. */
    static Layout of(TemplateChoice template) {
        return template == TemplateChoice.AUTO ? PLAIN : valueOf(template.name());
    }

    /** The text that ends every answer of this layout, if the layout defines one. */
    Optional<String> endOfTurn() {
        return Optional.ofNullable(endOfTurn);
    }

    /** Checks that the tokenizer has this layout's tokens. */
    void checkTokens(Tokenizer tokenizer) {
        if (this == CHATML) {
            for (String mark : List.of("<|im_start|>", "<|im_end|>")) {
                if (tokenizer.id(mark).isEmpty()) {
                    throw new InvalidInputException("dataset.template: chatml needs the token " + mark
                            + ", which the base model's tokenizer does not have. Use question, alpaca or plain.");
                }
            }
        }
    }

    /** Lays out a conversation: one turn for each answer, and one without an answer if the last message is a prompt. */
    List<Turn> turns(List<Message> messages) {
        List<Turn> turns = new ArrayList<>();
        StringBuilder prompt = new StringBuilder();
        for (Message message : messages) {
            String content = strips() ? Values.strip(message.content()) : message.content();
            switch (message.role()) {
                case SYSTEM -> prompt.append(system().around(content));
                case USER, TOOL -> prompt.append(user().around(content)).append(opening);
                case ASSISTANT -> {
                    turns.add(new Turn(prompt.toString(), assistant().around(content)));
                    prompt = new StringBuilder(between);
                }
            }
        }
        if (messages.isEmpty() || messages.get(messages.size() - 1).role() != Role.ASSISTANT) {
            turns.add(new Turn(prompt.toString(), null));
        }
        return turns;
    }
}
