package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conversations as one model reads and writes them: a layout, a tokenizer and the token that ends an answer.
 *
 * <p>Training and serving share it. The ids of a training example are, by construction, the ids of the prompt as it is
 * served, then those of the answer, then the end token.
 */
public final class ChatFormat {
    /** Texts that start a line or a sentence, so that what follows them is encoded as a continuation. */
    private static final List<String> ANCHORS = List.of("\n", ".");

    private static final int SHOWN_CHARACTERS = 200;

    private final Layout layout;
    private final @Nullable TemplateTurns template; // in place of the layout, for a model with its own
    private final Tokenizer tokenizer;
    private final int endToken;
    private final boolean lastOnly; // of several answers, only the last is to be learnt

    private ChatFormat(
            Layout layout, @Nullable TemplateTurns template, Tokenizer tokenizer, int endToken, boolean lastOnly) {
        this.layout = layout;
        this.template = template;
        this.tokenizer = tokenizer;
        this.endToken = endToken;
        this.lastOnly = lastOnly;
    }

    /**
     * The format that a spec declares for a base model.
     *
     * @param modelDirectory the base model's directory, which may hold a chat template
     * @param tokenizer the tokenizer of that directory; it must stay open as long as the format is used
     * @throws InvalidInputException if the layout or the end token does not suit the tokenizer
     */
    public static ChatFormat of(FineTuneSpec.Dataset dataset, Path modelDirectory, Tokenizer tokenizer) {
        Layout layout = Layout.of(dataset.template());
        layout.checkTokens(tokenizer);
        TemplateTurns template = dataset.template() == FineTuneSpec.Template.AUTO
                ? ChatTemplate.of(modelDirectory)
                        .map(own -> new TemplateTurns(own, tokenizer))
                        .orElse(null)
                : null;
        return new ChatFormat(
                layout,
                template,
                tokenizer,
                endToken(dataset.endToken(), layout, template, tokenizer),
                dataset.learn() == FineTuneSpec.Learn.LAST_ANSWER);
    }

    /**
     * The format of a template alone.
     *
     * @throws InvalidInputException if neither the template nor the tokenizer says what ends an answer
     */
    public static ChatFormat of(ChatTemplate own, Tokenizer tokenizer) {
        TemplateTurns template = new TemplateTurns(own, tokenizer);
        return new ChatFormat(
                Layout.PLAIN, template, tokenizer, endToken("auto", Layout.PLAIN, template, tokenizer), false);
    }

    /** A conversation, finished or not, as its tokens, and which of them training learns. */
    public TokenSequence tokens(Conversation conversation) {
        return assemble(conversation, lastOnly).tokens();
    }

    private static int endToken(String name, Layout layout, @Nullable TemplateTurns template, Tokenizer tokenizer) {
        if (!name.equals("auto")) {
            return tokenizer.requireId("dataset.endToken", name);
        }
        OptionalInt turn = template == null ? OptionalInt.empty() : template.endOfTurn();
        OptionalInt own =
                turn.isPresent() ? turn : layout.endOfTurn().map(tokenizer::id).orElseGet(tokenizer::endOfText);
        return own.orElseThrow(
                () -> new InvalidInputException("dataset.endToken: the base model's tokenizer_config.json"
                        + " names no eos_token. Name the token that ends an answer."));
    }

    /**
     * A conversation as a training example, with the answers of the assistant, or the last, and their end tokens to be learnt.
     *
     * @throws InvalidInputException if nothing could be learnt from it, or an answer contains the end token
     */
    public TokenSequence encode(Conversation conversation) {
        return encodeInDetail(conversation).tokens();
    }

    /** Does what {@link #encode} does and tells more. */
    public EncodedConversation encodeInDetail(Conversation conversation) {
        EncodedConversation encoded = assemble(conversation, lastOnly);
        if (encoded.tokens().supervisedCount() == 0) {
            throw new InvalidInputException(
                    "nothing to learn: there is no answer of the assistant in " + shortened(text(conversation)));
        }
        return encoded;
    }

    /**
     * A conversation that ends with a prompt, as the model is asked to continue it.
     *
     * @param conversation system, user and earlier assistant messages, the last from the user or a tool; empty to let
     *     the model begin by itself
     */
    public int[] prompt(Conversation conversation) {
        return assemble(conversation, true).tokens().ids();
    }

    /** A conversation that ends with an answer, and of it that answer alone to be predicted. */
    public TokenSequence lastAnswer(Conversation conversation) {
        return assemble(conversation, true).tokens();
    }

    /** What a right answer reads like, as {@link #answer} gives it: the last message, or the calls it makes. */
    public String expected(Conversation conversation) {
        Message last = conversation.messages().get(conversation.messages().size() - 1);
        return template != null && last.callsTools()
                ? answer(tokenizer.encode(template.lastAnswer(conversation, endToken), false))
                : last.content();
    }

    /** What the model answered: the generated tokens up to the end token, as text without white space at its ends. */
    public String answer(int[] generated) {
        int length = 0;
        while (length < generated.length && generated[length] != endToken) {
            length++;
        }
        return tokenizer.decode(Arrays.copyOf(generated, length), true).strip();
    }

    /** The id of the token that ends every answer. */
    public int endTokenId() {
        return endToken;
    }

    private EncodedConversation assemble(Conversation conversation, boolean last) {
        if (template != null) {
            return template.assemble(conversation, endToken, last);
        }
        if (conversation.needsTools()) {
            throw new InvalidInputException("the layout " + layout.name().toLowerCase(Locale.ROOT)
                    + " has no place for tools. Train a model whose own chat template has one, with dataset.template:"
                    + " auto.");
        }
        TokenBuffer buffer = new TokenBuffer();
        int answerStart = 0;
        int separate = 0;
        for (Layout.Turn turn : layout.turns(conversation.messages())) {
            boolean first = buffer.size() == 0;
            int[] prompt = encodePrompt(turn.prompt(), first);
            buffer.add(prompt, false);
            if (turn.answer() != null) {
                int[] whole = encodePrompt(turn.prompt() + turn.answer(), first);
                boolean borderKept = startsWith(whole, prompt);
                int[] answer = borderKept
                        ? Arrays.copyOfRange(whole, prompt.length, whole.length)
                        : encodeContinuation(turn.answer());
                checkNoEnd(answer, turn.answer());
                separate += borderKept ? 0 : 1;
                answerStart = buffer.size();
                buffer.add(answer, true);
                buffer.add(new int[] {endToken}, true);
            }
        }
        if (last) {
            buffer.forget(answerStart);
        }
        return new EncodedConversation(buffer.toSequence(), answerStart, separate);
    }

    private int[] encodePrompt(String text, boolean first) {
        return first ? tokenizer.encodeBeginning(text) : encodeContinuation(text);
    }

    /**
     * The ids of a text that continues another. Encoded alone, many tokenizers put a space before it; behind an anchor
     * they do not, and the anchor's own ids are cut off again.
     */
    private int[] encodeContinuation(String text) {
        for (String anchor : ANCHORS) {
            int[] anchorIds = tokenizer.encode(anchor, false);
            int[] whole = tokenizer.encode(anchor + text, false);
            if (startsWith(whole, anchorIds)) {
                return Arrays.copyOfRange(whole, anchorIds.length, whole.length);
            }
        }
        return tokenizer.encode(text, false);
    }

    private void checkNoEnd(int[] answer, String text) {
        for (int id : answer) {
            if (id == endToken) {
                throw new InvalidInputException("the answer contains the end token, and would be cut there: "
                        + shortened(text) + " Remove it from the answer, or name another dataset.endToken.");
            }
        }
    }

    private String text(Conversation conversation) {
        return layout.turns(conversation.messages()).stream()
                .map(turn -> turn.prompt() + Objects.requireNonNullElse(turn.answer(), ""))
                .collect(Collectors.joining());
    }

    private static String shortened(String text) {
        String line = text.replace("\n", "\\n");
        return '"' + (line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…") + '"';
    }

    private static boolean startsWith(int[] ids, int[] start) {
        return ids.length >= start.length && Arrays.equals(ids, 0, start.length, start, 0, start.length);
    }
}
