package io.github.ftmaven.runtime.completions;

import io.github.ftmaven.runtime.http.HttpMeter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks a model many questions, several at a time, until all are answered or something ends it. */
public final class Interview {
    /** A server that rejects as many prompts and answers none rejects them all. */
    private static final int REJECTED = 3;

    private final int threads;
    private final ChatServer server;
    private final AnswerCache cache;
    private final Spending spending;
    private final Map<String, ChatAnswer> answers;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private final AtomicInteger missing;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * Prepares the interview.
     *
     * @param threads how many questions may wait for an answer at the same time
     * @param answers the answers so far by digest, safe for several threads; receives the others
     */
    public Interview(
            int threads, ChatServer server, AnswerCache cache, Spending spending, Map<String, ChatAnswer> answers) {
        this.threads = threads;
        this.server = server;
        this.cache = cache;
        this.spending = spending;
        this.answers = answers;
        this.missing = new AtomicInteger((int) answers.values().stream()
                .filter(answer -> answer.outcome() != ChatOutcome.ANSWERED)
                .count());
    }

    /**
     * Asks.
     *
     * @param tolerated how many of all prompts may stay without an answer
     * @throws ChatException if the server cannot be asked any further
     * @throws IOException if an answer cannot be kept
     */
    public void run(List<ChatRequest> questions, long tolerated, InterviewListener listener) throws IOException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(threads, questions.size())), task -> {
            Thread thread = new Thread(task, "ft-interview");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> {
                for (int at = next.getAndIncrement(); at < questions.size(); at = next.getAndIncrement()) {
                    if (failure.get() != null || spending.isExhausted() || missing.get() > tolerated) {
                        return;
                    }
                    ask(questions.get(at), questions.size(), listener);
                }
            });
        }
        pool.shutdown();
        try {
            while (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
                // The threads end by themselves.
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
            throw new ChatException("interrupted", e);
        }
        Exception problem = failure.get();
        if (problem instanceof IOException failed) {
            throw failed;
        } else if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    private void ask(ChatRequest question, int total, InterviewListener listener) {
        double most = spending.price(question.inputTokens(), question.outputTokens());
        HttpMeter meter = new HttpMeter() {
            @Override
            public boolean admits() {
                return failure.get() == null && spending.reserve(most);
            }

            @Override
            public void turnedAway() {
                spending.release(most);
            }
        };
        try {
            ChatAnswer answer = server.ask(question, meter);
            if (answer.outcome().isKept()) {
                spending.settle(most, answer.usage());
                cache.put(question.digest(), answer);
            }
            answers.put(question.digest(), answer);
            note(answer);
            listener.onAnswer(done.incrementAndGet(), total);
        } catch (ChatServer.BudgetException e) {
            // The other threads see it, too.
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void note(ChatAnswer answer) throws ChatException {
        if (answer.outcome() == ChatOutcome.ANSWERED) {
            answered.incrementAndGet();
            return;
        }
        missing.incrementAndGet();
        if (answer.outcome() == ChatOutcome.REJECTED && rejected.incrementAndGet() >= REJECTED && answered.get() == 0) {
            throw new ChatException(answer.detail() + " It rejects every prompt.", null);
        }
    }
}
