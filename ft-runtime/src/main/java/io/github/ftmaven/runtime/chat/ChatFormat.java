package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.checks.Sensitive;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.Learn;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Conversations in one model's format: a layout, a tokenizer and the token that ends an answer.
 *
 * <p>Training and serving share it. By construction, the ids of a training example are those of the served prompt,
 * followed by those of the answer and the end token.
 */
public final class ChatFormat {
    private static final int SHOWN_CHARACTERS = 200;

    private final ConversationText text;
    private final ConversationEncoder encoder;
    private final Tokenizer tokenizer;
    private final int endToken;
    private final Set<Integer> ends; // tokens at which inference servers also stop
    private final boolean lastOnly; // of several answers, only the last is trained on

    private ChatFormat(
            ConversationText text, Tokenizer tokenizer, int endToken, Collection<Integer> ends, boolean lastOnly) {
        this.text = text;
        this.encoder = new ConversationEncoder(text, tokenizer, endToken);
        this.tokenizer = tokenizer;
        this.endToken = endToken;
        this.ends = Set.copyOf(ends);
        this.lastOnly = lastOnly;
    }

    /**
     * The format that a spec declares for a base model.
     *
     * @param modelDirectory the base model's directory, which may contain a chat template
     * @param tokenizer the tokenizer of that directory; it must stay open while the format is in use
     * @param ends the tokens at which programs that serve the base model stop, whatever end token was trained
     * @throws InvalidInputException if the template, the layout or the end token does not fit the model
     */
    public static ChatFormat of(
            DatasetSpec dataset, Path modelDirectory, Tokenizer tokenizer, Collection<Integer> ends) {
        Optional<ChatTemplate> own = dataset.rendering().template() == TemplateChoice.AUTO
                ? ChatTemplate.of(modelDirectory)
                : Optional.empty();
        boolean lastOnly = dataset.rendering().learn() == Learn.LAST_ANSWER;
        if (own.isPresent()) {
            return of(
                    TemplateText.of(own.get(), dataset.rendering().arguments(), tokenizer),
                    dataset.rendering().endToken(),
                    ends,
                    lastOnly);
        }
        if (!dataset.rendering().arguments().isEmpty()) {
            throw new InvalidInputException("dataset.templateArguments: only a model's own chat template has"
                    + " arguments, but a built-in layout is in use. Remove them"
                    + (dataset.rendering().template() == TemplateChoice.AUTO
                            ? "; the model has no template."
                            : ", or set dataset.template to auto."));
        }
        Layout layout = Layout.of(dataset.rendering().template());
        layout.checkTokens(tokenizer);
        int endToken = endToken(dataset.rendering().endToken(), layout.endOfTurn(), tokenizer);
        String end = tokenizer.decode(new int[] {endToken}, false);
        return new ChatFormat(new LayoutText(layout, tokenizer, end), tokenizer, endToken, ends, lastOnly);
    }

    /**
     * The format of a template alone.
     *
     * @throws InvalidInputException if neither the template nor the tokenizer defines the end of an answer
     */
    public static ChatFormat of(ChatTemplate own, Tokenizer tokenizer) {
        return of(TemplateText.of(own, Map.of(), tokenizer), "auto", List.of(), false);
    }

    private static ChatFormat of(
            TemplateText.Unended template, String declaredEnd, Collection<Integer> ends, boolean lastOnly) {
        Tokenizer tokenizer = template.tokenizer();
        int endToken = endToken(declaredEnd, template.endOfTurn(), tokenizer);
        String end = tokenizer.decode(new int[] {endToken}, false);
        return new ChatFormat(template.endedBy(end), tokenizer, endToken, ends, lastOnly);
    }

    private static int endToken(String declared, Optional<String> endOfTurn, Tokenizer tokenizer) {
        if (!declared.equals("auto")) {
            return tokenizer.requireId("dataset.endToken", declared);
        }
        OptionalInt own = endOfTurn.map(tokenizer::id).orElseGet(tokenizer::endOfText);
        return own.orElseThrow(
                () -> new InvalidInputException("dataset.endToken: the base model's tokenizer_config.json"
                        + " names no eos_token. Name the token that ends an answer."));
    }

    /** The tokens of a conversation, complete or not, and which of them training learns. */
    public TokenSequence tokens(Conversation conversation) {
        List<Integer> learnt = learnt(conversation);
        return encoder.several(conversation, learnt)
                .map(EncodedConversation::tokens)
                .orElseGet(() -> {
                    int last = conversation.messages().size() - 1;
                    return learnt.contains(last)
                            ? encoder.last(conversation).tokens()
                            : new TokenSequence(prompt(conversation), new BitSet());
                });
    }

    /**
     * Encodes a conversation for training, with all answers of the assistant, or the last one, and their end tokens as
     * targets. The result is one example, or one for each answer if the model's template changes earlier turns once
     * later ones exist, so that training sees each answer as in serving.
     *
     * @throws InvalidInputException if there is nothing to learn, or an answer contains the end token
     */
    public List<EncodedConversation> encode(Conversation conversation) {
        List<Integer> learnt = learnt(conversation);
        if (learnt.isEmpty()) {
            boolean unwanted = conversation.messages().stream().anyMatch(message -> !message.learnt());
            throw new InvalidInputException("nothing to learn: there is no answer of the assistant"
                    + (unwanted ? " with a weight other than 0" : "") + " in "
                    + shortened(text.prompt(conversation)));
        }
        String end = tokenizer.decode(new int[] {endToken}, false);
        for (int message : learnt) {
            checkNoEnd(conversation.messages().get(message).content(), end);
        }
        Conversation whole = conversation.upTo(learnt.get(learnt.size() - 1) + 1);
        if (learnt.size() > 1) {
            Optional<EncodedConversation> one = encoder.several(whole, learnt);
            if (one.isPresent()) {
                return List.of(one.get());
            }
        }
        return learnt.stream()
                .map(message -> encoder.last(whole.upTo(message + 1)))
                .toList();
    }

    /** Encodes a conversation that ends with an answer, and considers only this answer. */
    public EncodedConversation encodeLast(Conversation conversation) {
        return encoder.last(conversation);
    }

    private List<Integer> learnt(Conversation conversation) {
        List<Message> messages = conversation.messages();
        int last = messages.size() - 1;
        return IntStream.rangeClosed(0, last)
                .filter(i -> messages.get(i).role() == Role.ASSISTANT
                        && messages.get(i).learnt()
                        && (!lastOnly || i == last))
                .boxed()
                .toList();
    }

    /**
     * Encodes a conversation that ends with a prompt, for the model to continue.
     *
     * @param conversation system, user and earlier assistant messages, the last from the user or a tool; empty to let
     *     the model begin by itself
     */
    public int[] prompt(Conversation conversation) {
        return text.encode(text.prompt(conversation));
    }

    /** Encodes a conversation that ends with an answer, with only this answer, without its reasoning, as the target. */
    public TokenSequence lastAnswer(Conversation conversation) {
        EncodedConversation encoded = encoder.last(conversation);
        BitSet answer = (BitSet) encoded.tokens().supervised().clone();
        answer.clear(0, encoded.contentStart());
        return new TokenSequence(encoded.tokens().ids(), answer);
    }

    /** The right answer in the form that {@link #answer} returns: the last message, or its tool calls. */
    public String expected(Conversation conversation) {
        Message last = conversation.messages().get(conversation.messages().size() - 1);
        return last.callsTools()
                ? answer(tokenizer.encode(text.answered(conversation).answer(), false))
                : text.reasoning().without(last.content());
    }

    /**
     * The model's answer: the generated tokens up to the end token, as text without reasoning and without surrounding
     * white space.
     */
    public String answer(int[] generated) {
        int[] ids = untilEnd(generated);
        int start = text.reasoning().end(tokenizer.decode(ids, false)) > 0 ? reasoned(ids) : 0;
        return text.reasoning().without(tokenizer.decode(Arrays.copyOfRange(ids, start, ids.length), true));
    }

    /** Whether everything generated so far may still be reasoning. */
    public boolean isReasoning(int[] generated) {
        return text.reasoning().isOpen(tokenizer.decode(untilEnd(generated), false));
    }

    /** The number of reasoning tokens. The marks may be special tokens, which an answer's text does not show. */
    private int reasoned(int[] ids) {
        int low = 1;
        int high = ids.length;
        while (low < high) {
            int middle = (low + high) / 2;
            String beginning = tokenizer.decode(Arrays.copyOf(ids, middle), false);
            if (text.reasoning().end(beginning) > 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The tokens of an answer, up to its end. */
    public int[] untilEnd(int[] generated) {
        int length = 0;
        while (length < generated.length && !isEnd(generated[length])) {
            length++;
        }
        return Arrays.copyOf(generated, length);
    }

    /** Whether a token ends an answer: the trained one, or one that the model's own files declare. */
    public boolean isEnd(int token) {
        return token == endToken || ends.contains(token);
    }

    /** The id of the token that ends every answer. */
    public int endTokenId() {
        return endToken;
    }

    /** Notes for users about the form of prompts, one sentence each. */
    public List<String> notes() {
        return text.notes();
    }

    /**
     * The model's own chat template, changed to end its prompts as they end here; empty if it already does, or if a
     * built-in layout is in use.
     */
    public Optional<String> servedTemplate() {
        return text.servedTemplate();
    }

    private void checkNoEnd(String answer, String end) {
        if (!end.isBlank() && answer.contains(end) && contains(tokenizer.encode(answer, false))) {
            throw new InvalidInputException("the answer contains the end token, which would cut it there: "
                    + shortened(answer) + " Remove it from the answer, or name another dataset.endToken.");
        }
    }

    private boolean contains(int[] ids) {
        return Arrays.stream(ids).anyMatch(id -> id == endToken);
    }

    private static String shortened(String text) {
        String line = Sensitive.mask(text).replace("\n", "\\n"); // before it is cut, as half a secret is not found
        return '"' + (line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…") + '"';
    }
}
