package io.github.ftmaven.runtime.chat;

import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.TemplateChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The chat template for serving a fine-tune, so that inference servers build the same prompts as training and
 * evaluation: they encode a template's output without adding tokens of their own.
 */
public final class ServedTemplate {
    private static final String PROBE = "Question";

    private static final List<Message> TALK = List.of(
            new Message(Role.USER, "Question"),
            new Message(Role.ASSISTANT, "answer"),
            new Message(Role.USER, "And now?"));

    /** Templates may print today's date, but equal inputs must give equal texts on any day. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2024-07-26T00:00:00Z"), ZoneOffset.UTC);

    private ServedTemplate() {}

    /**
     * The template that replaces the base's own.
     *
     * @param tokenizer the base's tokenizer
     * @param format the format of training
     * @return empty if the base's own template already fits
     */
    public static Optional<String> replacement(
            DatasetSpec dataset, Path modelDirectory, Tokenizer tokenizer, ChatFormat format) {
        Optional<Layout> layout = layout(dataset, modelDirectory);
        if (layout.isPresent()) {
            return Optional.of(new LayoutTemplate(
                            layout.get(), tokenizer.decode(new int[] {format.endTokenId()}, false))
                    .jinja(beginning(tokenizer), dataset.system()));
        }
        String introduction = JinjaText.defaults(dataset.rendering().arguments())
                + (dataset.system() == null ? "" : JinjaText.systemMessage(dataset.system()));
        Optional<String> changed = format.servedTemplate();
        return introduction.isEmpty() && changed.isEmpty()
                ? Optional.empty()
                : Optional.of(introduced(introduction, changed, TemplateSources.of(modelDirectory)));
    }

    /**
     * Compares the prompts of inference servers, which use the template, with those of training.
     *
     * @return a note for users if the tokens differ
     */
    public static Optional<String> difference(
            DatasetSpec dataset, Path modelDirectory, Tokenizer tokenizer, ChatFormat format) {
        String source = replacement(dataset, modelDirectory, tokenizer, format)
                .or(() -> TemplateSources.of(modelDirectory).usual())
                .orElse("");
        ChatTemplate template = ChatTemplate.ofText(source, modelDirectory);
        for (int length : List.of(1, TALK.size())) {
            List<Message> asked = TALK.subList(0, length);
            List<Message> trained = new ArrayList<>(asked);
            if (dataset.system() != null) {
                trained.add(0, new Message(Role.SYSTEM, dataset.system()));
            }
            try {
                int[] ids = format.prompt(new Conversation(trained));
                String text = template.render(ChatTemplate.variables(new Conversation(asked)), true, CLOCK)
                        .text();
                if (!Arrays.equals(ids, tokenizer.encode(text, false))) {
                    return Optional.of("Programs that use the chat template give the model other tokens than it was"
                            + " trained with"
                            + (length == 1 ? "" : " in conversations with several turns")
                            + ": they encode the template's output as a whole. Use this plugin's Java API instead.");
                }
            } catch (InvalidInputException e) {
                return Optional.empty(); // the format does not support such a conversation, so training never sees one
            }
        }
        return Optional.empty();
    }

    /** The templates of a directory merged into one, if it has several template files. */
    public static Optional<String> ofSeveralFiles(Path modelDirectory) {
        return Files.isDirectory(modelDirectory.resolve(TemplateSources.DIRECTORY))
                ? Optional.of(introduced("", Optional.empty(), TemplateSources.of(modelDirectory)))
                : Optional.empty();
    }

    /** The built-in layout for a spec and a base; empty if it is the base's own template. */
    static Optional<Layout> layout(DatasetSpec dataset, Path modelDirectory) {
        boolean own = dataset.rendering().template() == TemplateChoice.AUTO
                && !TemplateSources.of(modelDirectory).templates().isEmpty();
        return own
                ? Optional.empty()
                : Optional.of(Layout.of(dataset.rendering().template()));
    }

    /** The name of the built-in layout for a spec and a base; empty if it is the base's own template. */
    public static Optional<String> layoutName(DatasetSpec dataset, Path modelDirectory) {
        return layout(dataset, modelDirectory).map(layout -> layout.name().toLowerCase(Locale.ROOT));
    }

    /**
     * A built-in layout as a template for Ollama, which does not support Jinja.
     *
     * @param end the text of the token that ends every answer
     * @return empty if the base's own template is in use
     */
    public static Optional<String> ollama(DatasetSpec dataset, Path modelDirectory, String end) {
        return layout(dataset, modelDirectory).map(layout -> new LayoutTemplate(layout, end).go());
    }

    /**
     * The output of a template for one question and its answer, with placeholder words.
     *
     * @param modelDirectory the directory with the special tokens for the template
     * @return empty if the template rejects even this simple conversation
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
     * The prefix of a text that gives it the ids of {@link Tokenizer#encodeBeginning}. Some tokenizers put a space at
     * the beginning of a text, but not after a special token.
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

    /** Merges several templates into one that chooses as transformers does. */
    private static String introduced(String introduction, Optional<String> changed, TemplateSources sources) {
        String usual = changed.or(sources::usual).orElse("");
        String tools = sources.templates().get(ChatTemplate.TOOL_USE);
        // The line end after a tag is not rendered, but blanks at the start of a line may be.
        return tools == null
                ? introduction + (introduction.isEmpty() ? "" : "\n") + usual
                : introduction + "{%- if tools is defined and tools is not none %}\n" + withoutLineEnd(tools)
                        + "{%+ else %}\n" + withoutLineEnd(usual) + "{%+ endif %}";
    }

    private static String withoutLineEnd(String template) {
        return template.endsWith("\n") ? template.substring(0, template.length() - 1) : template;
    }
}
