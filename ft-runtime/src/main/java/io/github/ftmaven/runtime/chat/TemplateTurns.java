package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Conversations laid out by a model's chat template. What an answer adds is found by rendering the conversation up to it,
 * with the generation prompt, and with it; both are encoded as served, so that no token runs across the border unseen.
 */
final class TemplateTurns {
    private static final int LONGEST_TOKEN = 64;

    /** Templates may print today's date: the same inputs must give the same tokens on any day. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-07-26T00:00:00Z"), ZoneOffset.UTC);

    private final ChatTemplate template;
    private final Tokenizer tokenizer;

    TemplateTurns(ChatTemplate template, Tokenizer tokenizer) {
        this.template = template;
        this.tokenizer = tokenizer;
    }

    /** The token that the template puts behind an answer, if it puts one there. */
    OptionalInt endOfTurn() {
        List<Message> question = List.of(new Message(Role.USER, "question"));
        Message answer = new Message(Role.ASSISTANT, "answer");
        String whole = rendered(new Conversation(List.of(question.get(0), answer)), false);
        String rest =
                whole.substring(whole.lastIndexOf("answer") + "answer".length()).stripLeading();
        for (int length = Math.min(LONGEST_TOKEN, rest.length()); length > 1; length--) {
            OptionalInt id = tokenizer.id(rest.substring(0, length));
            if (id.isPresent()) {
                return id;
            }
        }
        return OptionalInt.empty();
    }

    private String rendered(Conversation conversation, boolean addGenerationPrompt) {
        return template.render(ChatTemplate.variables(conversation), addGenerationPrompt, CLOCK)
                .text();
    }

    /** Every answer of the assistant, or the one at the end, is to be learnt, the end token included. */
    EncodedConversation assemble(Conversation conversation, int endToken, boolean lastOnly) {
        List<Message> messages = conversation.messages();
        TokenBuffer buffer = new TokenBuffer();
        String end = tokenizer.decode(new int[] {endToken}, false);
        String before = "";
        int answerStart = 0;
        int separate = 0;
        int last = messages.size() - 1;
        for (int i = 0; i < messages.size(); i++) {
            if (messages.get(i).role() != Role.ASSISTANT || (lastOnly && i < last)) {
                continue;
            }
            String prompt = rendered(conversation.upTo(i), true);
            String answer = answer(conversation.upTo(i + 1), prompt, end);
            if (!prompt.startsWith(before)) {
                throw new InvalidInputException(
                        "the model's chat template writes earlier turns of a conversation"
                                + " differently once there are later ones, so that they would be learnt in a form that is never"
                                + " served. Set dataset.learn to last-answer, and give each answer a conversation that ends with it.");
            }
            int[] own = tokenizer.encode(prompt.substring(before.length()), false);
            int[] whole = tokenizer.encode(prompt.substring(before.length()) + answer, false);
            boolean borderKept = whole.length >= own.length && Arrays.equals(whole, 0, own.length, own, 0, own.length);
            int[] learnt =
                    borderKept ? Arrays.copyOfRange(whole, own.length, whole.length) : tokenizer.encode(answer, false);
            separate += borderKept ? 0 : 1;
            buffer.add(own, false);
            answerStart = buffer.size();
            buffer.add(learnt, true);
            buffer.add(new int[] {endToken}, true);
            before = prompt + answer + end;
        }
        if (messages.isEmpty() || messages.get(last).role() != Role.ASSISTANT) {
            String prompt = rendered(conversation, true);
            buffer = buffer.size() > 0 && prompt.startsWith(before) ? buffer : new TokenBuffer();
            before = buffer.size() > 0 ? before : "";
            buffer.add(tokenizer.encode(prompt.substring(before.length()), false), false);
        }
        return new EncodedConversation(buffer.toSequence(), answerStart, separate);
    }

    /** The text of the answer at a conversation's end, without the end token. */
    String lastAnswer(Conversation conversation, int endToken) {
        String prompt = rendered(conversation.upTo(conversation.messages().size() - 1), true);
        return answer(conversation, prompt, tokenizer.decode(new int[] {endToken}, false));
    }

    private String answer(Conversation conversation, String prompt, String end) {
        String whole = rendered(conversation, false);
        if (!whole.startsWith(prompt)) {
            throw new InvalidInputException("the model's chat template begins an answer in another way than its"
                    + " generation prompt does. Name a built-in layout in dataset.template.");
        }
        String answer = whole.substring(prompt.length());
        int cut = answer.lastIndexOf(end);
        return cut < 0 ? answer : answer.substring(0, cut);
    }
}
