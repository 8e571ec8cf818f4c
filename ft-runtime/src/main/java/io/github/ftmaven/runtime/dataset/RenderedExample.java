package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.EncodedConversation;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.checks.Sensitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A training example as the model sees it: the text of its tokens, special tokens included.
 *
 * @param source its row
 * @param tokens the number of its tokens
 * @param parts its text in parts that are learnt or not, with secrets and personal data masked
 */
public record RenderedExample(String source, int tokens, List<Part> parts) {
    /** Copies the list. */
    public RenderedExample {
        parts = List.copyOf(parts);
    }

    /** A part of the text. */
    public record Part(String text, boolean learnt) {}

    /** Renders the last of an example's sequences. */
    static RenderedExample of(Example example, ChatFormat format, Tokenizer tokenizer) {
        List<EncodedConversation> encoded = format.encode(example.conversation());
        TokenSequence tokens = encoded.get(encoded.size() - 1).tokens();
        List<Part> parts = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= tokens.length(); i++) {
            boolean learnt = tokens.supervised().get(start);
            if (i == tokens.length() || tokens.supervised().get(i) != learnt) {
                parts.add(new Part(tokenizer.decode(Arrays.copyOfRange(tokens.ids(), start, i), false), learnt));
                start = i;
            }
        }
        return new RenderedExample(example.source(), tokens.length(), masked(parts));
    }

    /** Masks the whole text, since what is secret may begin in one part and end in the next. */
    private static List<Part> masked(List<Part> parts) {
        StringBuilder whole = new StringBuilder();
        parts.forEach(part -> whole.append(part.text()));
        String text = whole.toString();
        List<Sensitive.Span> spans = Sensitive.spans(text);
        List<Part> masked = new ArrayList<>();
        int start = 0;
        for (Part part : parts) {
            int end = start + part.text().length();
            masked.add(new Part(Sensitive.mask(text, spans, start, end), part.learnt()));
            start = end;
        }
        return masked;
    }
}
