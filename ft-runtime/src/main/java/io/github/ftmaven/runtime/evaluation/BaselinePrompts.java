package io.github.ftmaven.runtime.evaluation;

import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.dataset.DatasetStore;
import io.github.ftmaven.runtime.dataset.Example;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.job.Job;
import io.github.ftmaven.runtime.spec.Baseline;
import io.github.ftmaven.runtime.spec.Rag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the prompts of a baseline: a test question with an engineered prompt around it, training examples before it,
 * and passages retrieved for it.
 */
final class BaselinePrompts implements AutoCloseable {
    private static final String PLACE = "{{prompt}}";

    private final @Nullable String engineered;
    private final ShownExamples examples;
    private final @Nullable Passages passages;
    private final int top;

    private BaselinePrompts(@Nullable String engineered, ShownExamples examples, @Nullable Passages passages, int top) {
        this.engineered = engineered;
        this.examples = examples;
        this.passages = passages;
        this.top = top;
    }

    /**
     * Prepares a baseline.
     *
     * @throws InvalidInputException if its prompt cannot be read, or there are not enough training examples
     */
    static BaselinePrompts of(Job job, Baseline baseline) {
        String prompt = baseline.prompt();
        String text = prompt == null ? null : read(job.specDirectory().resolve(prompt), prompt);
        Rag rag = baseline.rag();
        return new BaselinePrompts(
                text,
                ShownExamples.of(
                        baseline.fewShot() == 0 ? List.of() : new DatasetStore(job.output()).read(Split.TRAIN),
                        job.spec().training().seed(),
                        baseline),
                rag == null ? null : Passages.read(job.specDirectory(), rag.passages()),
                rag == null ? 0 : rag.count());
    }

    private static String read(Path file, String display) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new InvalidInputException(display + ": the prompt of evaluation.baselines cannot be read.", e);
        }
    }

    /** The prompt of this baseline for a test question. */
    Conversation ask(Conversation question) {
        List<Message> messages = new ArrayList<>();
        List<Message> asked = question.messages();
        int system = !asked.isEmpty() && asked.get(0).role() == Role.SYSTEM ? 1 : 0;
        if (engineered != null && !engineered.contains(PLACE)) {
            String own = system == 1 ? engineered + "\n\n" + asked.get(0).content() : engineered;
            messages.add(new Message(Role.SYSTEM, own));
        } else {
            messages.addAll(asked.subList(0, system));
        }
        for (Example example : examples.before(asked.get(asked.size() - 1).content())) {
            example.messages().stream()
                    .filter(message -> message.role() != Role.SYSTEM)
                    .map(this::framed)
                    .forEach(messages::add);
        }
        for (Message message : asked.subList(system, asked.size())) {
            messages.add(framed(informed(message)));
        }
        return new Conversation(messages, question.tools());
    }

    /** A question after the passages that were retrieved for it. */
    private Message informed(Message message) {
        if (passages == null || message.role() != Role.USER) {
            return message;
        }
        List<String> found = passages.find(message.content(), top);
        return found.isEmpty() ? message : message.with(String.join("\n\n", found) + "\n\n" + message.content());
    }

    private Message framed(Message message) {
        return engineered != null && engineered.contains(PLACE) && message.role() == Role.USER
                ? message.with(engineered.replace(PLACE, message.content()))
                : message;
    }

    @Override
    public void close() {
        examples.close();
        if (passages != null) {
            passages.close();
        }
    }
}
