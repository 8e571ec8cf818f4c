package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The chat template that a fine-tune is to be served with, so that programs which render templates ask it as it was
 * trained and measured: they encode what a template gives without adding tokens of their own.
 */
public final class ServedTemplate {
    private static final String PROBE = "Question";

    /** Templates may print today's date: the same inputs must give the same text on any day. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-07-26T00:00:00Z"), ZoneOffset.UTC);

    private ServedTemplate() {}

    /**
     * The template that takes the place of the base's own.
     *
     * @param tokenizer that of the base
     * @param endToken what ends every answer
     * @return empty where the base's own serves as it is
     */
    public static Optional<String> replacement(
            FineTuneSpec.Dataset dataset, Path modelDirectory, Tokenizer tokenizer, int endToken) {
        Optional<Layout> layout = layout(dataset, modelDirectory);
        if (layout.isPresent()) {
            return Optional.of(new LayoutTemplate(layout.get(), tokenizer.decode(new int[] {endToken}, false))
                    .jinja(beginning(tokenizer), dataset.system()));
        }
        return Optional.ofNullable(dataset.system())
                .map(system -> introduced(JinjaText.systemMessage(system), TemplateSources.of(modelDirectory)));
    }

    /** The templates of a directory as one, where it has more than one file of them. */
    public static Optional<String> ofSeveralFiles(Path modelDirectory) {
        return Files.isDirectory(modelDirectory.resolve(TemplateSources.DIRECTORY))
                ? Optional.of(introduced("", TemplateSources.of(modelDirectory)))
                : Optional.empty();
    }

    /** The built-in layout that a spec and a base come to; empty where it is the base's own template. */
    static Optional<Layout> layout(FineTuneSpec.Dataset dataset, Path modelDirectory) {
        boolean own = dataset.template() == FineTuneSpec.Template.AUTO
                && !TemplateSources.of(modelDirectory).templates().isEmpty();
        return own ? Optional.empty() : Optional.of(Layout.of(dataset.template()));
    }

    /** The name of the built-in layout that a spec and a base come to; empty where it is the base's own template. */
    public static Optional<String> layoutName(FineTuneSpec.Dataset dataset, Path modelDirectory) {
        return layout(dataset, modelDirectory).map(layout -> layout.name().toLowerCase(Locale.ROOT));
    }

    /**
     * A built-in layout as a template of Ollama, which renders no Jinja.
     *
     * @param end the text of the token that ends every answer
     * @return empty where the base's own template is used
     */
    public static Optional<String> ollama(FineTuneSpec.Dataset dataset, Path modelDirectory, String end) {
        return layout(dataset, modelDirectory).map(layout -> new LayoutTemplate(layout, end).go());
    }

    /**
     * What a template makes of one question and its answer, with words that stand for them.
     *
     * @param modelDirectory whose special tokens it may name
     * @return empty if the template refuses so plain a conversation
     */
    public static Optional<String> example(String template, Path modelDirectory) {
        Conversation conversation = new Conversation(
                List.of(new Message(Role.USER, "{question}"), new Message(Role.ASSISTANT, "{answer}")));
        try {
            return Optional.of(ChatTemplate.ofText(template, modelDirectory)
                    .render(ChatTemplate.variables(conversation), false, CLOCK)
                    .text());
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    /**
     * What to write in front of a text so that its ids are those of {@link Tokenizer#encodeBeginning}. Behind a special
     * token some tokenizers put no space where they put one at the beginning of a text.
     */
    static String beginning(Tokenizer tokenizer) {
        int[] whole = tokenizer.encodeBeginning(PROBE);
        int[] first = tokenizer.encodeBeginning("");
        String special = tokenizer.decode(first, false);
        for (String beginning : List.of(special, special + " ")) {
            if (Arrays.equals(tokenizer.encode(beginning + PROBE, false), whole)) {
                return beginning;
            }
        }
        return special;
    }

    /** Several templates become one that chooses as transformers does. */
    private static String introduced(String introduction, TemplateSources sources) {
        Map<String, String> templates = sources.templates();
        String usual = sources.usual().orElse("");
        String tools = templates.get(ChatTemplate.TOOL_USE);
        // The line end behind a tag is no part of what is rendered, and what a line begins with may be.
        return tools == null
                ? introduction + (introduction.isEmpty() ? "" : "\n") + usual
                : introduction + "{%- if tools is defined and tools is not none %}\n" + withoutLineEnd(tools)
                        + "{%+ else %}\n" + withoutLineEnd(usual) + "{%+ endif %}";
    }

    private static String withoutLineEnd(String template) {
        return template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
    }
}
