package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes conversations with a built-in layout. */
final class LayoutText implements ConversationText {
    private final Layout layout;
    private final Tokenizer tokenizer;
    private final String end;

    /** @param end the text of the token that ends every answer */
    LayoutText(Layout layout, Tokenizer tokenizer, String end) {
        this.layout = layout;
        this.tokenizer = tokenizer;
        this.end = end;
    }

    @Override
    public String prompt(Conversation conversation) {
        requireNoTools(conversation);
        StringBuilder text = new StringBuilder();
        for (Layout.Turn turn : layout.turns(conversation.messages())) {
            text.append(turn.prompt());
            if (turn.answer() != null) {
                text.append(turn.answer()).append(end);
            }
        }
        return text.toString();
    }

    @Override
    public Answered answered(Conversation conversation) {
        requireNoTools(conversation);
        List<Layout.Turn> turns = layout.turns(conversation.messages());
        StringBuilder prompt = new StringBuilder();
        for (Layout.Turn turn : turns.subList(0, turns.size() - 1)) {
            prompt.append(turn.prompt()).append(turn.answer()).append(end);
        }
        Layout.Turn last = turns.get(turns.size() - 1);
        String answer = String.valueOf(last.answer());
        return new Answered(prompt + last.prompt(), answer, false);
    }

    private void requireNoTools(Conversation conversation) {
        if (conversation.needsTools()) {
            throw new InvalidInputException("the layout " + layout.name().toLowerCase(Locale.ROOT)
                    + " does not support tools. Train a model whose own chat template does, with dataset.template:"
                    + " auto.");
        }
    }

    @Override
    public int[] encode(String text) {
        return tokenizer.encodeBeginning(text);
    }

    @Override
    public Reasoning reasoning() {
        return Reasoning.THINK;
    }

    @Override
    public Optional<String> servedTemplate() {
        return Optional.empty();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }
}
