package io.github.ftmaven.runtime.hosted;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.chat.ConversationJson;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Examples in the lines that a service reads: {@code {"messages": [...]}}, and nothing else, because services refuse rows
 * with further columns.
 *
 * @param service its name, for messages
 * @param tools whether conversations may call tools
 * @param alternating whether the roles must be user and assistant in turns, after a system message at most
 * @param fewest the fewest rows to train on
 * @param mostBytes the most bytes of a file
 */
record ServiceRows(String service, boolean tools, boolean alternating, int fewest, long mostBytes) {
    private static final JsonTrees JSON = Json.lenientTrees();
    private static final int SHOWN = 10;
    private static final Set<String> OF_TOOLS = Set.of(Message.TOOL_CALLS, "tool_call_id", "name", "content");

    /**
     * Finds what the service would refuse.
     *
     * @param lastOnly whether only the last answer of a conversation is learnt
     * @throws InvalidInputException if there is something; the message names up to ten rows
     */
    void check(List<Example> examples, boolean lastOnly) {
        List<String> problems = new ArrayList<>();
        for (Example example : examples) {
            problem(example, lastOnly).ifPresent(problem -> problems.add(example.source() + ": " + problem));
        }
        if (!problems.isEmpty()) {
            int more = problems.size() - SHOWN;
            throw new InvalidInputException(String.join("\n", problems.subList(0, Math.min(SHOWN, problems.size())))
                    + (more > 0 ? "\nand " + Counted.of(more, "more row") : ""));
        }
        if (examples.size() < fewest) {
            throw new InvalidInputException("dataset.train: " + service + " trains on at least " + fewest
                    + " rows, but there " + (examples.size() == 1 ? "is 1" : "are " + examples.size()) + ". Add some.");
        }
    }

    private Optional<String> problem(Example example, boolean lastOnly) {
        List<Message> messages = example.messages();
        if (!tools && (example.tools() != null || messages.stream().anyMatch(ServiceRows::isAboutTools))) {
            return Optional.of(service + " does not take conversations with tools. Remove the row.");
        }
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            for (Map.Entry<String, ?> more : message.more().properties()) {
                if (!OF_TOOLS.contains(more.getKey())) {
                    return Optional.of("messages[" + i + "] has " + more.getKey() + ", which " + service
                            + " does not take. Remove it.");
                }
            }
        }
        if (alternating && !isAlternating(messages)) {
            return Optional.of(service + " takes a system message at most, then user and assistant in turns, but the"
                    + " roles are " + String.join(", ", roles(messages)) + ". Change or remove the row.");
        }
        if (learnt(messages, lastOnly).stream().noneMatch(Boolean::booleanValue)) {
            return Optional.of("no answer has a weight other than 0, so " + service
                    + " would learn nothing from it. Remove the row.");
        }
        return Optional.empty();
    }

    private static boolean isAboutTools(Message message) {
        return message.role() == Role.TOOL || message.callsTools();
    }

    private static boolean isAlternating(List<Message> messages) {
        int first = messages.get(0).role() == Role.SYSTEM ? 1 : 0;
        for (int i = first; i < messages.size(); i++) {
            if (messages.get(i).role() != ((i - first) % 2 == 0 ? Role.USER : Role.ASSISTANT)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> roles(List<Message> messages) {
        return messages.stream()
                .map(message -> ConversationJson.name(message.role()))
                .toList();
    }

    /** Of each message whether it is learnt. */
    private static List<Boolean> learnt(List<Message> messages, boolean lastOnly) {
        List<Boolean> learnt = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            boolean isAnswer = message.role() == Role.ASSISTANT && message.learnt();
            learnt.add(isAnswer && (!lastOnly || i == messages.size() - 1));
        }
        return learnt;
    }

    /**
     * Writes the lines.
     *
     * @throws InvalidInputException if the file is larger than the service takes
     */
    void write(List<Example> examples, boolean lastOnly, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (Example example : examples) {
                out.write((Json.whole(JSON.write(line(example, lastOnly))) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        if (Files.size(file) > mostBytes) {
            throw new InvalidInputException("dataset.train: the rows take " + Files.size(file) + " bytes, but "
                    + service + " takes files of at most " + mostBytes + ". Train on fewer rows, or here.");
        }
    }

    private static ObjectNode line(Example example, boolean lastOnly) {
        ObjectNode line = JsonTrees.object();
        ArrayNode messages = line.putArray("messages");
        List<Boolean> learnt = learnt(example.messages(), lastOnly);
        for (int i = 0; i < example.messages().size(); i++) {
            Message message = example.messages().get(i);
            ObjectNode json = messages.addObject().put("role", ConversationJson.name(message.role()));
            json.put("content", message.content());
            message.more().properties().forEach(entry -> json.set(entry.getKey(), entry.getValue()));
            if (message.role() == Role.ASSISTANT && !learnt.get(i)) {
                json.put("weight", 0);
            }
        }
        if (example.tools() != null) {
            line.set("tools", example.tools());
        }
        return line;
    }
}
