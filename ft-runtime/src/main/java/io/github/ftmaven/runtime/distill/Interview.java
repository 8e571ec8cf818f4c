package io.github.ftmaven.runtime.distill;

import io.github.ftmaven.runtime.http.HttpMeter;
import io.github.ftmaven.runtime.spec.DistillSpec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks a teacher many questions, several at a time, until all are answered or something ends it. */
final class Interview {
    /** A server that rejects as many prompts and answers none rejects them all. */
    private static final int REJECTED = 3;

    private final DistillSpec spec;
    private final Teacher teacher;
    private final AnswerCache cache;
    private final Spending spending;
    private final Map<String, TeacherAnswer> answers;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger rejected = new AtomicInteger();
    private final AtomicInteger missing;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * Prepares the interview.
     *
     * @param answers the answers so far by digest, safe for several threads; receives the others
     */
    Interview(
            DistillSpec spec,
            Teacher teacher,
            AnswerCache cache,
            Spending spending,
            Map<String, TeacherAnswer> answers) {
        this.spec = spec;
        this.teacher = teacher;
        this.cache = cache;
        this.spending = spending;
        this.answers = answers;
        this.missing = new AtomicInteger((int) answers.values().stream()
                .filter(answer -> answer.outcome() != TeacherOutcome.ANSWERED)
                .count());
    }

    /**
     * Asks.
     *
     * @param tolerated how many of all prompts may stay without an answer
     * @throws TeacherException if the server cannot be asked any further
     * @throws IOException if an answer cannot be kept
     */
    void run(List<TeacherQuestion> questions, long tolerated, InterviewListener listener) throws IOException {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(1, Math.min(spec.asking().threads(), questions.size())), task -> {
                    Thread thread = new Thread(task, "ft-distill");
                    thread.setDaemon(true);
                    return thread;
                });
        for (int i = 0; i < spec.asking().threads(); i++) {
            threads.execute(() -> {
                for (int at = next.getAndIncrement(); at < questions.size(); at = next.getAndIncrement()) {
                    if (failure.get() != null || spending.isExhausted() || missing.get() > tolerated) {
                        return;
                    }
                    ask(questions.get(at), questions.size(), listener);
                }
            });
        }
        threads.shutdown();
        try {
            while (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                // The threads end by themselves.
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new TeacherException("interrupted", e);
        }
        Exception problem = failure.get();
        if (problem instanceof IOException failed) {
            throw failed;
        } else if (problem != null) {
            throw new IllegalStateException(problem);
        }
    }

    private void ask(TeacherQuestion question, int total, InterviewListener listener) {
        double most = spending.price(question.inputTokens(), spec.teacher().longestAnswer());
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
            TeacherAnswer answer = teacher.ask(question, meter);
            if (answer.outcome().isKept()) {
                spending.settle(most, answer.usage());
                cache.put(question.digest(), answer);
            }
            answers.put(question.digest(), answer);
            note(answer);
            listener.onAnswer(done.incrementAndGet(), total);
        } catch (Teacher.BudgetException e) {
            // The other threads see it, too.
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void note(TeacherAnswer answer) throws TeacherException {
        if (answer.outcome() == TeacherOutcome.ANSWERED) {
            answered.incrementAndGet();
            return;
        }
        missing.incrementAndGet();
        if (answer.outcome() == TeacherOutcome.REJECTED
                && rejected.incrementAndGet() >= REJECTED
                && answered.get() == 0) {
            throw new TeacherException(answer.detail() + " It rejects every prompt.", null);
        }
    }
}
