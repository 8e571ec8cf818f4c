package io.github.ftmaven.runtime.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes conversations with the model's own chat template.
 *
 * <p>An answer begins where the template writes the answer's own text. Most templates end their generation prompt
 * there; any text in between belongs to the prompt ({@link TemplateStyle}).
 */
final class TemplateText implements ConversationText {
    private static final int SHOWN = 60;

    /** The usual name of the switch in templates of reasoning models. */
    private static final String THINKING = "enable_thinking";

    private final TemplateRenderer renderer;
    private final TemplateStyle style;
    private final TemplateCoverage coverage;
    private final Tokenizer tokenizer;
    private final String end;

    private TemplateText(TemplateRenderer renderer, TemplateStyle style, Tokenizer tokenizer, String end) {
        this.renderer = renderer;
        this.style = style;
        this.coverage = new TemplateCoverage(renderer);
        this.tokenizer = tokenizer;
        this.end = end;
    }

    /** A template whose style is known, but not yet the end of its answers. */
    record Unended(TemplateRenderer renderer, TemplateStyle style, Tokenizer tokenizer) {
        /** The token that the template writes after an answer; empty if there is none. */
        Optional<String> endOfTurn() {
            return Optional.ofNullable(style.endOfTurn());
        }

        /** @param end the text of the token that ends every answer */
        TemplateText endedBy(String end) {
            return new TemplateText(renderer, style, tokenizer, end);
        }
    }

    /**
     * Analyses a template.
     *
     * @param arguments the variables besides the conversation
     * @throws InvalidInputException if it does not use one of them, or omits answers
     */
    static Unended of(ChatTemplate template, Map<String, JsonNode> arguments, Tokenizer tokenizer) {
        TemplateStyle.Found found = TemplateStyle.of(TemplateRenderer.of(template, arguments), tokenizer::isAdded);
        return new Unended(found.renderer(), found.style(), tokenizer);
    }

    @Override
    public String prompt(Conversation conversation) {
        coverage.require(conversation);
        String prompt = renderer.render(conversation, true);
        if (!prompt.endsWith(style.cut())) {
            throw new InvalidInputException("the model's chat template ends this prompt with " + shownEnd(prompt)
                    + " and others with " + shown(style.cut()) + ", so the start of the answer is unknown."
                    + " Set dataset.template to a built-in layout.");
        }
        return prompt.substring(0, prompt.length() - style.cut().length()) + style.opening();
    }

    @Override
    public Answered answered(Conversation conversation) {
        int last = conversation.messages().size() - 1;
        requireReasoning(conversation.messages().get(last));
        coverage.require(conversation);
        String prompt = prompt(conversation.upTo(last));
        String whole = renderer.render(conversation, false);
        Message answer = conversation.messages().get(last);
        if (whole.startsWith(prompt)) {
            String written = withoutEnd(whole.substring(prompt.length()));
            return new Answered(
                    prompt, isReasoningLost(answer, written) ? answer.content().strip() : written, false);
        }
        // It may now write earlier turns differently, but not the answer.
        int tail = whole.lastIndexOf(style.tail());
        boolean placed = tail >= 0 && !style.tail().isBlank() && prompt.endsWith(style.tail());
        String rest = placed ? whole.substring(tail + style.tail().length()) : "";
        if (!placed || !rest.contains(answer.content().strip())) {
            throw begunOtherwise(prompt, whole, answer);
        }
        return new Answered(prompt, withoutEnd(rest), true);
    }

    private void requireReasoning(Message answer) {
        boolean lost = !style.reasons()
                && Message.REASONING.stream()
                        .filter(name -> !answer.more().path(name).asText().isBlank())
                        .anyMatch(name -> name.equals(Message.REASONING.get(0))
                                || !renderer.template().mentions(name));
        if (lost) {
            throw new InvalidInputException("the model's chat template ("
                    + renderer.template().name()
                    + ") does not write the reasoning of an answer, so the model would never see it. Write it into the answer itself, between "
                    + style.reasoning().open() + " and " + style.reasoning().close() + ", or leave it out.");
        }
    }

    /** Some templates omit the reasoning of earlier answers, and treat an answer for training alike. */
    private boolean isReasoningLost(Message answer, String written) {
        return answer.content().strip().startsWith(style.reasoning().open())
                && style.reasoning().end(answer.content().strip()) > 0
                && !written.contains(style.reasoning().close());
    }

    private String withoutEnd(String answer) {
        int cut = answer.lastIndexOf(end);
        if (cut >= 0) {
            return answer.substring(0, cut);
        }
        String text = answer.stripTrailing();
        return text.endsWith(style.closing())
                ? text.substring(0, text.length() - style.closing().length())
                : text;
    }

    private static InvalidInputException begunOtherwise(String prompt, String whole, Message answer) {
        int common = TemplateStyle.commonLength(prompt, whole);
        boolean reasons = Message.REASONING.stream().anyMatch(answer.more()::has)
                || answer.content().contains(Reasoning.THINK.close());
        return new InvalidInputException("the model's chat template begins this answer differently from its prompt:"
                + " the prompt has " + shownStart(prompt.substring(common)) + ", the answer has "
                + shownStart(whole.substring(common)) + ". "
                + (reasons
                        ? "The answer has reasoning, but the prompt does not allow it. Remove it from the row, or"
                                + " enable it in the template with dataset.templateArguments."
                        : "Leave such rows out, or set dataset.template to a built-in layout."));
    }

    private static String shownStart(String text) {
        return shown(text.length() <= SHOWN ? text : text.substring(0, SHOWN));
    }

    private static String shownEnd(String text) {
        return shown(text.length() <= SHOWN ? text : text.substring(text.length() - SHOWN));
    }

    private static String shown(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** The template itself writes the tokens before a text. */
    @Override
    public int[] encode(String text) {
        return tokenizer.encode(text, false);
    }

    @Override
    public Reasoning reasoning() {
        return style.reasoning();
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!style.cut().isEmpty()) {
            notes.add("The model's chat template ends its prompts with " + shown(style.cut())
                    + ", but omits it before a given answer. Training and generation use prompts"
                    + " without it.");
        }
        if (!style.opening().isEmpty()) {
            notes.add("The model's chat template writes " + shown(style.opening())
                    + " before every answer, but not at the end of its prompts. It becomes part of the prompt.");
        }
        if (style.endOfTurn() == null) {
            notes.add("The model's chat template does not write a token after an answer. Answers will end with "
                    + shown(end) + ". Set dataset.endToken if the model has a better one.");
        }
        if (style.reasons()
                && renderer.template().mentions(THINKING)
                && !renderer.arguments().containsKey(THINKING)) {
            notes.add("The model's chat template lets the model reason before it answers. If the examples have no"
                    + " reasoning, set dataset.templateArguments: {" + THINKING
                    + ": false}, so that the base model also"
                    + " answers directly.");
        }
        return notes;
    }

    @Override
    public Optional<String> servedTemplate() {
        if (style.cut().isEmpty() && style.opening().isEmpty()) {
            return Optional.empty();
        }
        String source = renderer.template().source();
        // Jinja2 removes one newline at a template's end; nothing may follow that would preserve it.
        String body = source.endsWith("\n") ? source.substring(0, source.length() - 1) : source;
        String opening = literal(style.opening());
        if (style.cut().isEmpty()) {
            return Optional.of(body + "{{ " + opening + " if add_generation_prompt else '' }}");
        }
        // A newline right after a block's tag is removed, so it is doubled; {%+ preserves the blanks before it on its
        // line.
        return Optional.of("{% set whole %}" + (body.startsWith("\n") ? "\n" : "") + body
                + "{%+ endset %}{{ whole[:-"
                + style.cut().codePointCount(0, style.cut().length()) + "] + " + opening
                + " if add_generation_prompt else whole }}");
    }

    private static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
