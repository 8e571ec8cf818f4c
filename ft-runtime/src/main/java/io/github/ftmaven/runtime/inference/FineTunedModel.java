package io.github.ftmaven.runtime.inference;

import io.github.ftmaven.runtime.adapter.AdapterFiles;
import io.github.ftmaven.runtime.adapter.ModelPointer;
import io.github.ftmaven.runtime.adapter.PeftAdapter;
import io.github.ftmaven.runtime.chat.ChatFormat;
import io.github.ftmaven.runtime.chat.Conversation;
import io.github.ftmaven.runtime.chat.Message;
import io.github.ftmaven.runtime.chat.Role;
import io.github.ftmaven.runtime.chat.TokenSequence;
import io.github.ftmaven.runtime.chat.Tokenizer;
import io.github.ftmaven.runtime.dataset.AnswerSpelling;
import io.github.ftmaven.runtime.decoder.BaseTensors;
import io.github.ftmaven.runtime.decoder.Continuation;
import io.github.ftmaven.runtime.decoder.Decoder;
import io.github.ftmaven.runtime.decoder.DequantizedBase;
import io.github.ftmaven.runtime.decoder.LoraTensors;
import io.github.ftmaven.runtime.decoder.Scoring;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.inference.Generation.FinishReason;
import io.github.ftmaven.runtime.job.DeclaredBase;
import io.github.ftmaven.runtime.job.UsedPrecision;
import io.github.ftmaven.runtime.model.Architecture;
import io.github.ftmaven.runtime.model.ModelDirectory;
import io.github.ftmaven.runtime.spec.DatasetSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import io.github.ftmaven.runtime.spec.Initialization;
import io.github.ftmaven.runtime.spec.Method;
import io.github.ftmaven.runtime.spec.SpecReader;
import io.github.ftmaven.runtime.torch.Arena;
import io.github.ftmaven.runtime.torch.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A base model with a packaged adapter, in this process. It renders prompts as the adapter's spec says, with the code
 * that training and evaluation used, and answers greedily.
 *
 * <pre>{@code
 * try (FineTunedModel model = FineTunedModel.fromClasspath("com.acme:clause-triage", Path.of("/models/my-llama"))) {
 *     String kind = model.generate("The insured shall notify …").text();
 *     Map<String, Double> kinds = model.classify("The insured shall notify …", List.of("duty", "exclusion"));
 * }
 * }</pre>
 *
 * <p>It is thread-safe. The network works for one thread at a time, in order of arrival: a call waits for earlier
 * answers and classifications to finish, but only for single tokens of streams. Any number of models may be open; all
 * share one libtorch, which a process loads once.
 *
 * <p>Native memory holds the weights until {@link #close}.
 */
public final class FineTunedModel implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final String name;
    private final DatasetSpec layout;
    private final long maxPositions;
    private final int maxNewTokens;
    private final Tokenizer tokenizer;
    private final ChatFormat format;
    private final Arena arena;
    private final Decoder decoder;
    private boolean closed;

    private FineTunedModel(
            String name,
            FineTuneSpec spec,
            Architecture architecture,
            int maxNewTokens,
            Tokenizer tokenizer,
            ChatFormat format,
            Arena arena,
            Decoder decoder) {
        this.name = name;
        this.layout = spec.dataset();
        this.maxPositions = architecture.rope().maxPositions();
        this.maxNewTokens = maxNewTokens;
        this.tokenizer = tokenizer;
        this.format = format;
        this.arena = arena;
        this.decoder = decoder;
    }

    /** Loads an adapter from the class path with {@link ModelOptions#defaults}. */
    public static FineTunedModel fromClasspath(String coordinates, Path base) {
        return fromClasspath(coordinates, base, ModelOptions.defaults());
    }

    /**
     * Loads an adapter that is a dependency of this program. The thread's context class loader finds it.
     *
     * @param coordinates the adapter's {@code groupId:artifactId}, and {@code :classifier} if its jar has one
     * @param base the directory of the base model that it was trained on
     * @throws InvalidInputException if the adapter or libtorch is not on the class path, or the adapter was trained on
     *     another base
     */
    public static FineTunedModel fromClasspath(String coordinates, Path base, ModelOptions options) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context == null ? FineTunedModel.class.getClassLoader() : context;
        try (AdapterFiles files = AdapterFiles.onClassPath(coordinates, loader)) {
            return load(files, base, options);
        }
    }

    /** Loads an adapter from a directory with {@link ModelOptions#defaults}. */
    public static FineTunedModel fromDirectory(Path adapter, Path base) {
        return fromDirectory(adapter, base, ModelOptions.defaults());
    }

    /**
     * Loads an adapter from a directory with the files of a packaged adapter.
     *
     * @param adapter such as {@code META-INF/lora/<groupId>/<artifactId>} of an unpacked jar
     * @param base the directory of the base model that it was trained on
     * @throws InvalidInputException if a file is missing or damaged, or the adapter was trained on another base
     */
    public static FineTunedModel fromDirectory(Path adapter, Path base, ModelOptions options) {
        return load(AdapterFiles.in(adapter), base, options);
    }

    /**
     * Loads the only adapter of a jar.
     *
     * @param base the directory of the base model that it was trained on
     * @throws InvalidInputException if the jar has no adapter, a file is damaged, or the adapter was trained on another
     *     base
     */
    public static FineTunedModel fromJar(Path jar, Path base, ModelOptions options) {
        try (AdapterFiles files = AdapterFiles.unpack(jar)) {
            return load(files, base, options);
        }
    }

    private static FineTunedModel load(AdapterFiles files, Path directory, ModelOptions options) {
        ModelPointer.refuse(files.directory(), files.display());
        FineTuneSpec spec = SpecReader.read(
                files.directory().resolve(AdapterFiles.SPEC), files.display() + "/" + AdapterFiles.SPEC);
        ModelDirectory base = ModelDirectory.reopen(
                directory, directory.toString(), spec.base().ignoreKeys());
        boolean baseWeights =
                spec.adapter().method() != Method.FULL && spec.base().initialize() == Initialization.PRETRAINED;
        TrainedBase.read(files.directory(), files.display()).require(base, baseWeights && options.verifyWeights());
        Torch torch = Torch.load(options.device(), options.threads());
        Tokenizer tokenizer =
                Tokenizer.load(base.path(), base.architecture().dimensions().vocabSize());
        try {
            ChatFormat format = ChatFormat.of(spec.dataset(), base.path(), tokenizer, base.endTokens());
            Arena arena = torch.arena();
            try {
                return new FineTunedModel(
                        files.display(),
                        spec,
                        base.architecture(),
                        options.maxNewTokens(),
                        tokenizer,
                        format,
                        arena,
                        decoder(torch, arena, files, spec, base));
            } catch (RuntimeException e) {
                arena.close();
                throw e;
            }
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /**
     * The model that {@code ft:evaluate} measures: the adapter merged into the base, or beside a base that is quantized or
     * in bfloat16.
     */
    private static Decoder decoder(
            Torch torch, Arena arena, AdapterFiles files, FineTuneSpec spec, ModelDirectory base) {
        Architecture architecture = base.architecture();
        if (spec.adapter().method() == Method.FULL) {
            ModelDirectory model = ModelDirectory.reopen(
                    files.directory(), files.display(), spec.base().ignoreKeys());
            BaseTensors weights = BaseTensors.read(arena, model.architecture(), model.weights());
            return Decoder.of(arena, model.architecture(), weights, null, false);
        }
        PeftAdapter adapter = PeftAdapter.read(files.directory(), files.display(), architecture);
        UsedPrecision.require(adapter.precision(), torch.device(), files.display());
        BaseTensors held = DeclaredBase.load(
                arena, base, spec, adapter.precision(), spec.training().memory().offload());
        boolean merged = held.isMergeable();
        BaseTensors weights = DequantizedBase.of(arena, architecture, held, arena.freeMemory());
        try (Arena loading = arena.child()) {
            LoraTensors lora = LoraTensors.of(merged ? loading : arena, adapter);
            Decoder tuned = Decoder.of(merged ? loading : arena, architecture, weights, lora, false);
            if (!merged) {
                return tuned;
            }
            tuned.merge();
        }
        return Decoder.of(arena, architecture, weights, null, false);
    }

    /** The most tokens of an answer if a call does not set a limit. */
    public int maxNewTokens() {
        return maxNewTokens;
    }

    /** Answers a user's message; see {@link #generate(Conversation, int)}. */
    public Generation generate(String prompt) {
        return generate(conversation(prompt), maxNewTokens);
    }

    /** Continues a conversation; see {@link #generate(Conversation, int)}. */
    public Generation generate(Conversation conversation) {
        return generate(conversation, maxNewTokens);
    }

    /**
     * Continues a conversation greedily and returns the whole answer.
     *
     * @param conversation the conversation; without a system message it gets the one from the adapter's spec; its last
     *     message is from the user or a tool
     * @param maxTokens the most tokens of the answer, at least 1; the model's context may limit it further
     * @throws InvalidInputException if the model's template does not take the conversation, or it leaves no room
     * @throws IllegalStateException if the model is closed
     */
    public Generation generate(Conversation conversation, int maxTokens) {
        return exclusively(() -> {
            int[] prompt = prompt(conversation);
            int limit = limit(prompt, maxTokens);
            int[] tokens = format.untilEnd(decoder.generate(List.of(prompt), limit, format.endTokenId())
                    .get(0));
            return generation(format.answer(tokens), prompt, tokens.length, limit);
        });
    }

    /** Streams the answer to a user's message; see {@link #stream(Conversation, int, Consumer)}. */
    public Generation stream(String prompt, Consumer<String> consumer) {
        return stream(conversation(prompt), maxNewTokens, consumer);
    }

    /** Streams the continuation of a conversation; see {@link #stream(Conversation, int, Consumer)}. */
    public Generation stream(Conversation conversation, Consumer<String> consumer) {
        return stream(conversation, maxNewTokens, consumer);
    }

    /**
     * Like {@link #generate(Conversation, int)}, but passes on the text as it is generated.
     *
     * @param consumer called in this thread with each next piece of the text, never empty and never with half a
     *     character; the pieces together are the returned text. An exception from it ends the stream
     */
    public Generation stream(Conversation conversation, int maxTokens, Consumer<String> consumer) {
        int[] prompt = exclusively(() -> prompt(conversation));
        int limit = limit(prompt, maxTokens);
        Continuation continuation = decoder.open(prompt, limit);
        try {
            AnswerText text = new AnswerText(format);
            while (continuation.hasNext()) {
                Optional<String> more = exclusively(() -> {
                    int token = continuation.next();
                    return format.isEnd(token) ? Optional.empty() : Optional.of(text.add(token));
                });
                if (more.isEmpty()) {
                    break;
                }
                tell(more.get(), consumer);
            }
            tell(exclusively(text::end), consumer);
            return exclusively(() -> generation(text.whole(), prompt, text.size(), limit));
        } finally {
            lock.lock();
            try {
                continuation.close();
            } finally {
                lock.unlock();
            }
        }
    }

    private static void tell(String text, Consumer<String> consumer) {
        if (!text.isEmpty()) {
            consumer.accept(text);
        }
    }

    /** Computes label probabilities for a user's message; see {@link #classify(Conversation, Collection)}. */
    public Map<String, Double> classify(String prompt, Collection<String> labels) {
        return classify(conversation(prompt), labels);
    }

    /**
     * The probability of each label, given that the answer is one of them: the probability of all its tokens and the
     * end token, divided by the sum over the labels.
     *
     * @param labels at least one, as the training data spells them
     * @return for each label its probability, the most probable first
     * @throws IllegalArgumentException if there is no label, or two are the same
     * @throws InvalidInputException if the model's template does not take the conversation, or it leaves no room
     * @throws IllegalStateException if the model is closed
     */
    public Map<String, Double> classify(Conversation conversation, Collection<String> labels) {
        Map<String, String> spelled = new LinkedHashMap<>();
        for (String label : labels) {
            spelled.put(label, AnswerSpelling.spell(layout.rows().answers(), label));
        }
        if (labels.isEmpty() || new LinkedHashSet<>(spelled.values()).size() < labels.size()) {
            throw new IllegalArgumentException("labels must be distinct, and there must be at least one: " + labels);
        }
        double[] logProbabilities = exclusively(() -> {
            requireQuestion(conversation);
            return Scoring.losses(
                    decoder,
                    spelled.values().stream()
                            .map(answer -> answered(conversation, answer))
                            .toList());
        });
        // Subtracting the least loss first keeps the exponentials in range.
        double least = Double.MAX_VALUE;
        for (double loss : logProbabilities) {
            least = Math.min(least, loss);
        }
        double sum = 0;
        for (double loss : logProbabilities) {
            sum += Math.exp(least - loss);
        }
        List<Map.Entry<String, Double>> weighed = new ArrayList<>();
        for (String label : spelled.keySet()) {
            weighed.add(Map.entry(label, Math.exp(least - logProbabilities[weighed.size()]) / sum));
        }
        weighed.sort(Comparator.comparing((Map.Entry<String, Double> entry) -> -entry.getValue()));
        Map<String, Double> probabilities = new LinkedHashMap<>();
        weighed.forEach(entry -> probabilities.put(entry.getKey(), entry.getValue()));
        return probabilities;
    }

    /** Frees the weights after the current calls have finished. Later calls fail. */
    @Override
    public void close() {
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                arena.close();
                tokenizer.close();
            }
        } finally {
            lock.unlock();
        }
    }

    private static Conversation conversation(String prompt) {
        return new Conversation(List.of(new Message(Role.USER, prompt)));
    }

    private TokenSequence answered(Conversation conversation, String answer) {
        List<Message> messages = new ArrayList<>(asked(conversation).messages());
        messages.add(new Message(Role.ASSISTANT, answer));
        TokenSequence sequence = format.lastAnswer(new Conversation(messages, conversation.tools()));
        if (sequence.length() > maxPositions) {
            throw new InvalidInputException(
                    name + ": the prompt with the label '" + answer + "' has " + Counted.of(sequence.length(), "token")
                            + ", but the model reads at most " + maxPositions + ". Shorten the prompt.");
        }
        return sequence;
    }

    private int[] prompt(Conversation conversation) {
        requireQuestion(conversation);
        int[] prompt = format.prompt(asked(conversation));
        if (prompt.length == 0) {
            throw new InvalidInputException(
                    name + ": the prompt is empty, and this model's template adds no text around"
                            + " it. Write at least one character.");
        }
        return prompt;
    }

    private int limit(int[] prompt, int maxTokens) {
        ModelOptions.requirePositive("maxTokens", maxTokens);
        long room = maxPositions - prompt.length;
        if (room < 1) {
            throw new InvalidInputException(
                    name + ": the prompt has " + Counted.of(prompt.length, "token") + ", but the model reads at most "
                            + maxPositions + ", so there is no room for an answer. Shorten the prompt.");
        }
        return (int) Math.min(room, maxTokens);
    }

    private static void requireQuestion(Conversation conversation) {
        List<Message> messages = conversation.messages();
        Role last = messages.isEmpty()
                ? Role.SYSTEM
                : messages.get(messages.size() - 1).role();
        if (last != Role.USER && last != Role.TOOL) {
            throw new IllegalArgumentException("a conversation must end with a message of the user or of a tool");
        }
    }

    /** Adds the system message of the training if the conversation has none. */
    private Conversation asked(Conversation conversation) {
        String system = layout.system();
        if (system == null || conversation.messages().get(0).role() == Role.SYSTEM) {
            return conversation;
        }
        List<Message> messages = new ArrayList<>(conversation.messages());
        messages.add(0, new Message(Role.SYSTEM, system));
        return new Conversation(messages, conversation.tools());
    }

    private static Generation generation(String text, int[] prompt, int generated, int limit) {
        return new Generation(
                text, prompt.length, generated, generated < limit ? FinishReason.STOP : FinishReason.LENGTH);
    }

    private <T> T exclusively(Supplier<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException(name + ": the model is closed");
            }
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
