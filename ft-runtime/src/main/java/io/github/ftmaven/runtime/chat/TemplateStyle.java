package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A chat template's way to write an answer, found by rendering a conversation with known texts.
 *
 * @param cut the end of the template's generation prompt that no complete answer follows, such as an opened block of
 *     reasoning; usually empty
 * @param opening the text between its generation prompt and any answer. It is the same for every answer, so it belongs
 *     to the prompt; usually empty
 * @param tail the text between a question and its answer, including {@code opening}
 * @param closing the text after an answer if it does not start with a token; empty if it does
 * @param reasoning the marks around reasoning
 * @param reasons whether the template writes a message's {@code reasoning_content}
 * @param endOfTurn the text of the token after an answer; null if there is none
 */
record TemplateStyle(
        String cut,
        String opening,
        String tail,
        String closing,
        Reasoning reasoning,
        boolean reasons,
        @Nullable String endOfTurn) {
    private static final String QUESTION = "qzquestionzq";
    private static final String ANSWER = "qzanswerzq";
    private static final String THOUGHT = "qzthoughtzq";
    private static final int LONGEST_TOKEN = 64;

    /**
     * Analyses a template.
     *
     * @param isToken whether a text is a token that the tokenizer never splits
     * @return its style, and the renderer that passes contents in the form it supports
     * @throws InvalidInputException if it fails, omits an answer's text, or writes questions in two ways
     */
    static Found of(TemplateRenderer renderer, Predicate<String> isToken) {
        Conversation talk = talk(renderer);
        String whole = rendered(renderer, talk);
        if (!whole.contains(ANSWER)) {
            whole = rendered(renderer.withParts(), talk);
            renderer = whole.contains(ANSWER) ? renderer.withParts() : renderer;
        }
        int start = whole.lastIndexOf(ANSWER);
        if (start < 0) {
            renderer.render(talk, false); // throws the template's own error, if there is one
            throw new InvalidInputException(
                    renderer.template().name() + ": the chat template does not write the text of an"
                            + " answer, neither as a text nor as a list of parts, so the model could not learn from it."
                            + " Set dataset.template to a built-in layout.");
        }
        String prompt = renderer.render(talk.upTo(1), true);
        String head = whole.substring(0, start);
        int common = commonLength(prompt, head);
        int asked = head.indexOf(QUESTION) + QUESTION.length();
        if (common < asked) {
            throw new InvalidInputException(renderer.template().name() + ": the chat template changes a question"
                    + " once it is answered, so prompts would differ from the training"
                    + " examples. Set dataset.template to a built-in layout.");
        }
        common = Math.min(tokenBorder(prompt, common, isToken), tokenBorder(head, common, isToken));
        String opening = head.substring(common);
        String reasoned = reasoned(renderer, talk);
        Reasoning reasoning = reasoning(reasoned, common);
        if (reasoning != null && !opening.isBlank() && !opening.contains(reasoning.close())) {
            reasoning = null; // answers without reasoning begin differently, with none of its marks
        }
        // Its spaces belong to the answer, because tokenizers join a space with the following word.
        String fixed = reasoning == null && !opening.isBlank() ? withoutSpacesAtEnd(opening) : "";
        String rest = whole.substring(start + ANSWER.length());
        String endOfTurn = endOfTurn(rest.stripLeading(), isToken);
        TemplateStyle style = new TemplateStyle(
                prompt.substring(common),
                fixed,
                head.substring(asked, common) + fixed,
                endOfTurn == null ? rest.stripTrailing() : "",
                reasoning == null ? Reasoning.THINK.behind(prompt.substring(0, common) + fixed) : reasoning,
                reasoned.contains(THOUGHT),
                endOfTurn);
        return new Found(style, renderer);
    }

    /** A question and its answer, with a tool if the template requires one. */
    private static Conversation talk(TemplateRenderer renderer) {
        List<Message> messages = List.of(new Message(Role.USER, QUESTION), new Message(Role.ASSISTANT, ANSWER));
        Conversation plain = new Conversation(messages);
        Conversation withTool = new Conversation(messages, TemplateCoverage.tool());
        return rendered(renderer, plain).isEmpty()
                        && !rendered(renderer, withTool).isEmpty()
                ? withTool
                : plain;
    }

    /** The text of a conversation; empty if the template fails. */
    private static String rendered(TemplateRenderer renderer, Conversation conversation) {
        try {
            return renderer.render(conversation, false);
        } catch (InvalidInputException e) {
            return "";
        }
    }

    /** The last index up to a limit that is not inside a token. */
    private static int tokenBorder(String text, int index, Predicate<String> isToken) {
        for (int start = Math.max(0, index - LONGEST_TOKEN); start < index; start++) {
            int end = Math.min(text.length(), start + LONGEST_TOKEN);
            for (int stop = index + 1; stop <= end; stop++) {
                if (isToken.test(text.substring(start, stop))) {
                    return start;
                }
            }
        }
        return index;
    }

    /** A style, and the renderer of its template. */
    record Found(TemplateStyle style, TemplateRenderer renderer) {}

    /** A question and an answer with reasoning; empty if the template fails. */
    private static String reasoned(TemplateRenderer renderer, Conversation talk) {
        ObjectNode more = JsonNodeFactory.instance.objectNode().put("reasoning_content", THOUGHT);
        List<Message> messages = List.of(talk.messages().get(0), new Message(Role.ASSISTANT, ANSWER, more));
        return rendered(renderer, new Conversation(messages, talk.tools()));
    }

    /** The marks around reasoning; null if the template omits reasoning, or its prompt has no room for it. */
    private static @Nullable Reasoning reasoning(String whole, int common) {
        int thought = whole.indexOf(THOUGHT);
        int answer = whole.lastIndexOf(ANSWER);
        if (thought < common || answer < thought) {
            return null;
        }
        String open = whole.substring(common, thought).strip();
        String close = whole.substring(thought + THOUGHT.length(), answer).strip();
        boolean begun = open.isEmpty();
        return close.isEmpty() ? null : new Reasoning(begun ? Reasoning.THINK.open() : open, close, begun);
    }

    /** The longest token at the start of a text. */
    private static @Nullable String endOfTurn(String rest, Predicate<String> isToken) {
        for (int length = Math.min(LONGEST_TOKEN, rest.length()); length > 1; length--) {
            if (isToken.test(rest.substring(0, length))) {
                return rest.substring(0, length);
            }
        }
        return null;
    }

    private static String withoutSpacesAtEnd(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }

    static int commonLength(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length()) && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }
}
