package io.github.ftmaven.runtime.chat;

import java.util.List;
import java.util.Optional;

/** Writes conversations as text: with a built-in layout, or with the model's own chat template. */
interface ConversationText {
    /**
     * The model's input before it answers; the answer begins where this text ends.
     *
     * @throws InvalidInputException if the conversation cannot be written, or a part of it would be lost
     */
    String prompt(Conversation conversation);

    /**
     * A conversation whose last message is an answer. Its {@link Answered#prompt} is the {@link #prompt} of the
     * messages before.
     *
     * @throws InvalidInputException if the conversation cannot be written, or its answer cannot be located
     */
    Answered answered(Conversation conversation);

    /**
     * The ids of a whole text, including the tokens that the tokenizer adds before it, unless the text itself contains
     * them.
     */
    int[] encode(String text);

    /** The marks around the model's reasoning in answers. */
    Reasoning reasoning();

    /** Notes for users about the form of prompts, one sentence each; empty if there is nothing unusual. */
    List<String> notes();

    /**
     * The chat template for inference servers, which ends its prompts as they end here; empty if the model's own
     * template does.
     */
    Optional<String> servedTemplate();
}
