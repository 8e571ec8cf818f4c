package io.github.ftmaven.runtime.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Finds the tokens of answers. It encodes a conversation's whole text, as an inference server does. An answer begins
 * where the ids of its prompt end.
 */
final class ConversationEncoder {
    /** Texts that start a line or a sentence, so that the tokenizer encodes the following text as a continuation. */
    private static final List<String> ANCHORS = List.of("\n", ".");

    private final ConversationText text;
    private final Tokenizer tokenizer;
    private final int endToken;
    private final String end;

    ConversationEncoder(ConversationText text, Tokenizer tokenizer, int endToken) {
        this.text = text;
        this.tokenizer = tokenizer;
        this.endToken = endToken;
        this.end = tokenizer.decode(new int[] {endToken}, false);
    }

    /** Encodes a conversation whose last message is an answer, the only target. */
    EncodedConversation last(Conversation conversation) {
        Answered answered = text.answered(conversation);
        int[] prompt = text.encode(answered.prompt());
        int[] whole = ended(answered.text());
        boolean borderKept = startsWith(whole, prompt);
        if (!borderKept) {
            whole = joined(prompt, continuation(answered.answer()));
        }
        int content = text.reasoning().end(answered.answer());
        int contentStart = prompt.length;
        if (content > 0) {
            int[] before = text.encode(answered.prompt() + answered.answer().substring(0, content));
            contentStart = startsWith(whole, before) ? before.length : prompt.length;
        }
        int[] span = {prompt.length, whole.length};
        return sequence(whole, List.of(span), contentStart, borderKept ? 0 : 1, answered.rewritten());
    }

    /**
     * Encodes a conversation with some of its answers as targets.
     *
     * @param learnt indices of messages; the last one is the conversation's last answer
     * @return empty if this is impossible in one sequence: because the template changes earlier turns once later ones
     *     exist, or because a token crosses a border
     */
    Optional<EncodedConversation> several(Conversation conversation, List<Integer> learnt) {
        int last = conversation.messages().size() - 1;
        boolean finished = !learnt.isEmpty() && learnt.get(learnt.size() - 1) == last;
        String wholeText = finished ? text.answered(conversation).text() : text.prompt(conversation);
        int[] whole = finished ? ended(wholeText) : text.encode(wholeText);
        List<int[]> spans = new ArrayList<>();
        for (int message : learnt) {
            Answered answered = text.answered(conversation.upTo(message + 1));
            int[] prompt = text.encode(answered.prompt());
            if (answered.rewritten() || !wholeText.startsWith(answered.text()) || !startsWith(whole, prompt)) {
                return Optional.empty();
            }
            int stop = message == last ? whole.length : stop(wholeText, answered, whole, prompt.length);
            if (stop < 0) {
                return Optional.empty();
            }
            spans.add(new int[] {prompt.length, stop});
        }
        int start = spans.isEmpty() ? whole.length : spans.get(spans.size() - 1)[0];
        return Optional.of(sequence(whole, spans, start, 0, false));
    }

    /** The end of an answer's tokens, including its end token if the text continues with it; -1 if inside a token. */
    private int stop(String wholeText, Answered answered, int[] whole, int start) {
        if (wholeText.startsWith(end, answered.text().length())) {
            for (int i = start; i < whole.length; i++) {
                if (whole[i] == endToken) {
                    return i + 1;
                }
            }
            return -1;
        }
        int[] before = text.encode(answered.text());
        return startsWith(whole, before) ? before.length : -1;
    }

    /** The ids of a text and the end token. */
    private int[] ended(String prefix) {
        int[] whole = text.encode(prefix + end);
        boolean recognized = whole.length > 0 && whole[whole.length - 1] == endToken;
        return recognized ? whole : joined(text.encode(prefix), new int[0]);
    }

    private int[] joined(int[] prompt, int[] answer) {
        int[] whole = Arrays.copyOf(prompt, prompt.length + answer.length + 1);
        System.arraycopy(answer, 0, whole, prompt.length, answer.length);
        whole[whole.length - 1] = endToken;
        return whole;
    }

    private static EncodedConversation sequence(
            int[] ids, List<int[]> spans, int contentStart, int separate, boolean rewritten) {
        BitSet supervised = new BitSet();
        spans.forEach(span -> supervised.set(span[0], span[1]));
        supervised.clear(0); // nothing predicts the first token
        int start = spans.isEmpty() ? ids.length : spans.get(spans.size() - 1)[0];
        return new EncodedConversation(new TokenSequence(ids, supervised), start, contentStart, separate, rewritten);
    }

    /**
     * The ids of a text that continues another. Many tokenizers put a space before a separate text, but not after an
     * anchor, whose own ids are removed again.
     */
    private int[] continuation(String answer) {
        for (String anchor : ANCHORS) {
            int[] anchorIds = tokenizer.encode(anchor, false);
            int[] whole = tokenizer.encode(anchor + answer, false);
            if (startsWith(whole, anchorIds)) {
                return Arrays.copyOfRange(whole, anchorIds.length, whole.length);
            }
        }
        return tokenizer.encode(answer, false);
    }

    private static boolean startsWith(int[] ids, int[] start) {
        return ids.length >= start.length && Arrays.equals(ids, 0, start.length, start, 0, start.length);
    }
}
