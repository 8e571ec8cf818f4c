package io.github.ftmaven.runtime.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.ChatTemplate;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.journal.Events;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code ft:render -Dft.tokens}: a conversation's tokens, with marks on those that training learns. */
final class RenderTask implements Task {
    @Override
    public Map<String, Object> run(WorkRequest request, Events events) {
        Map<String, String> parameters = request.parameters();
        Path model = Path.of(Objects.requireNonNull(parameters.get("model")));
        Path file = Path.of(Objects.requireNonNull(parameters.get("messages")));
        String template = parameters.get("template");
        ChatTemplate chat = template == null
                ? ChatTemplate.of(model)
                        .orElseThrow(() -> new InvalidInputException(
                                model + ": the model has no chat template. Name one in ft.template."))
                : ChatTemplate.ofFile(Path.of(template), model);
        JsonNode json = ChatTemplate.json(file);
        JsonNode messages = json.isArray() ? json : json.path("messages");
        Conversation conversation = new Conversation(
                ConversationJson.messages(file.toString(), messages),
                ConversationJson.tools(file.toString(), json.get("tools")));
        try (Tokenizer tokenizer = Tokenizer.load(model)) {
            return Map.of("text", table(ChatFormat.of(chat, tokenizer).tokens(conversation), tokenizer));
        }
    }

    /** One token per line: {@code *} if it is learnt, its id, its text as a JSON string. */
    private static String table(TokenSequence tokens, Tokenizer tokenizer) {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < tokens.length(); i++) {
            int id = tokens.ids()[i];
            table.append(String.format(
                    Locale.ROOT,
                    "%s %6d  %s\n",
                    tokens.supervised().get(i) ? "*" : " ",
                    id,
                    TextNode.valueOf(tokenizer.decode(new int[] {id}, false)).toString()));
        }
        return table.toString();
    }
}
