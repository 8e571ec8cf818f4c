package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import io.github.ftmaven.runtime.template.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a conversation is laid out as text, for models that bring no chat template.
 *
 * <p>Contents are stripped of white space at their ends, except by {@code RAW}, which writes everything as it is.
 */
enum Layout {
    /** The question on its own lines, the answer on the next. */
    PLAIN("{}\n\n", "{}", "\n", "{}", "\n\n", null),
    /** {@code Question: …} and {@code Answer: …} on two lines. */
    QUESTION("{}\n\n", "Question: {}", "\nAnswer:", " {}", "\n\n", null),
    /** Alpaca's headings, without its preamble: who wants one writes it as the system message. */
    ALPACA("{}\n\n", "### Instruction:\n{}", "\n\n### Response:\n", "{}", "\n\n", null),
    /** Qwen's and many others' turns; the tokenizer must have the two marks as tokens. */
    CHATML(
            "<|im_start|>system\n{}<|im_end|>\n",
            "<|im_start|>user\n{}<|im_end|>\n",
            "<|im_start|>assistant\n",
            "{}",
            "\n",
            "<|im_end|>"),
    /** Nothing but the contents, one after the other; a lone answer is plain text to learn. */
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
     * A stretch of text and the answer that continues it.
     *
     * @param answer null where the model is to speak
     */
    record Turn(String prompt, @Nullable String answer) {}

    /**
     * What stands around a message's content.
     *
     * @param before in front of it
     * @param after behind it
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

    /** Around a system message. */
    Frame system() {
        return Frame.of(system);
    }

    /** Around a question. */
    Frame user() {
        return Frame.of(user);
    }

    /** Behind a question: what an answer continues. */
    String opening() {
        return opening;
    }

    /** Around an answer; what ends it comes behind. */
    Frame assistant() {
        return Frame.of(assistant);
    }

    /** Between an answer, with its end, and whatever comes next. */
    String between() {
        return between;
    }

    /** Whether contents lose the white space at their ends, as Python's {@code str.strip()} takes it off. */
    boolean strips() {
        return this != RAW;
    }

    /** The layout that a spec names; {@code AUTO} is {@link #PLAIN}, where the model has no template of its own. */
    static Layout of(TemplateChoice template) {
        return template == TemplateChoice.AUTO ? PLAIN : valueOf(template.name());
    }

    /** The text that ends every answer of this layout, if it has one of its own. */
    Optional<String> endOfTurn() {
        return Optional.ofNullable(endOfTurn);
    }

    /** Checks that the tokenizer has the tokens that this layout is made of. */
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

    /** Lays a conversation out: one turn for each answer, and one without answer if the last message is a prompt. */
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
