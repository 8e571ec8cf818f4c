package io.github.ftmaven.runtime.chat;

import java.util.List;
import java.util.Optional;

/** How conversations are written as text: by a built-in layout, or by the model's own chat template. */
interface ConversationText {
    /**
     * What the model is shown when it is to speak next; its answer begins where this ends.
     *
     * @throws InvalidInputException if the conversation cannot be written, or something of it would be lost
     */
    String prompt(Conversation conversation);

    /**
     * A conversation whose last message is an answer. Its {@link Answered#prompt} is the {@link #prompt} of what is before.
     *
     * @throws InvalidInputException if the conversation cannot be written, or its answer cannot be told from the rest
     */
    Answered answered(Conversation conversation);

    /** The ids of a whole text: with what the tokenizer puts before one, unless the text says that itself. */
    int[] encode(String text);

    /** What the model's reasoning stands between in answers. */
    Reasoning reasoning();

    /** What a person should know of how answers are asked for, a sentence each; empty when there is nothing unusual. */
    List<String> notes();

    /**
     * The chat template that ends its prompts as they end here, for programs that serve the model; empty where the model's
     * own does.
     */
    Optional<String> servedTemplate();
}
