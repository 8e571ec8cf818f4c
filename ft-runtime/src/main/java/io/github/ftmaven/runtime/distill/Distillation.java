package io.github.ftmaven.runtime.distill;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.completions.AnswerCache;
import io.github.ftmaven.runtime.completions.ChatAnswer;
import io.github.ftmaven.runtime.completions.ChatException;
import io.github.ftmaven.runtime.completions.ChatOutcome;
import io.github.ftmaven.runtime.completions.ChatServer;
import io.github.ftmaven.runtime.completions.Interview;
import io.github.ftmaven.runtime.completions.InterviewListener;
import io.github.ftmaven.runtime.completions.Spending;
import io.github.ftmaven.runtime.dataset.DistilledRows;
import io.github.ftmaven.runtime.dataset.Prompts;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.files.ProjectPaths;
import io.github.ftmaven.runtime.http.ApiKey;
import io.github.ftmaven.runtime.http.HttpRequests;
import io.github.ftmaven.runtime.spec.DistillSpec;
import io.github.ftmaven.runtime.spec.FineTuneSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The goal {@code ft:distill}: finds what is to ask, says what it may cost, asks, and writes the rows. */
public final class Distillation {
    private final DistillSpec spec;
    private final Prompts prompts;
    private final Path output;
    private final String shown;
    private final AnswerCache cache;
    private final Map<String, TeacherQuestion> questions = new LinkedHashMap<>();
    private final Map<String, ChatAnswer> answers = new ConcurrentHashMap<>();
    private int repeated;

    /**
     * Where files are.
     *
     * @param spec the directory that paths in the spec are relative to
     * @param project the directory that paths in messages are relative to
     * @param cache where answers are kept
     */
    public record Folders(Path spec, Path project, Path cache) {}

    private Distillation(FineTuneSpec spec, DistillSpec distill, Folders folders) {
        ProjectPaths paths = new ProjectPaths(folders.project);
        this.spec = distill;
        this.output = folders.spec.resolve(distill.output()).normalize();
        this.shown = paths.show(output);
        this.cache = new AnswerCache(folders.cache);
        this.prompts = Prompts.read(spec, distill, folders.spec, output, paths);
        String system = TeacherQuestion.system(spec);
        prompts.rows().forEach(row -> {
            TeacherQuestion question = TeacherQuestion.of(row, distill.teacher(), system);
            if (questions.putIfAbsent(question.digest(), question) != null) {
                repeated++;
            }
        });
        Map<String, ObjectNode> written = DistilledRows.read(spec.dataset(), output, paths);
        questions.keySet().forEach(digest -> {
            ObjectNode message = written.get(digest);
            if (message != null) {
                answers.put(digest, new ChatAnswer(ChatOutcome.ANSWERED, message, ChatAnswer.Usage.UNKNOWN, ""));
            } else {
                cache.find(digest).ifPresent(answer -> answers.put(digest, answer));
            }
        });
        written.forEach(this::keep);
    }

    /**
     * Reads the prompts of a spec, and the answers that are there.
     *
     * @throws InvalidInputException if the spec has no section {@code distill}, or a file is invalid
     */
    public static Distillation of(FineTuneSpec spec, Folders folders) {
        DistillSpec distill = spec.outside().distill();
        if (distill == null) {
            throw new InvalidInputException("The spec has no section distill. It names the prompts, the output and the"
                    + " teacher of ft:distill.");
        }
        return new Distillation(spec, distill, folders);
    }

    /** What the prompts are, what is to ask and what it may cost at most, in lines. */
    public List<String> plan() {
        List<String> lines = new ArrayList<>(counted().lines());
        if (!prompts.unread().isEmpty()) {
            lines.add("ignored columns and keys: " + String.join(", ", prompts.unread()));
        }
        if (!prompts.skipped().isEmpty()) {
            lines.add("files without rows: " + String.join(", ", prompts.skipped()));
        }
        return lines;
    }

    /** How many prompts the teacher was not asked yet. */
    public int open() {
        return asked().size();
    }

    /**
     * Asks the teacher, and writes the rows that have an answer, also if something ends it early.
     *
     * @param messages receives what happened, a sentence without its end at a time
     * @param listener receives the number of answers
     * @throws InvalidInputException if the bounds do not allow it, or too few prompts have an answer
     * @throws ChatException if the server cannot be asked any further
     */
    public void run(ApiKey key, Consumer<String> messages, InterviewListener listener) throws IOException {
        run(key, ChatServer.PATIENCE, messages, listener);
    }

    void run(ApiKey key, HttpRequests.Patience patience, Consumer<String> messages, InterviewListener listener)
            throws IOException {
        counted().require();
        Spending spending = new Spending(spec.budget());
        List<TeacherQuestion> open = asked();
        long tolerated = spec.asking().tolerated(questions.size());
        try {
            if (!open.isEmpty()) {
                ChatServer teacher = new ChatServer(Teacher.place(spec.teacher()), key, patience);
                new Interview(spec.asking().threads(), teacher, cache, spending, answers)
                        .run(open.stream().map(TeacherQuestion::request).toList(), tolerated, listener);
            }
        } catch (ChatException e) {
            write(messages, spending);
            throw new ChatException(e.getMessage() + " " + kept(), e);
        }
        AnsweredRows rows = write(messages, spending);
        if (rows.unanswered() > tolerated) {
            throw new InvalidInputException(Counted.of(rows.unanswered(), "prompt") + " of "
                    + String.format(Locale.ROOT, "%,d", questions.size())
                    + " have no usable answer, more than distill.maxUnanswered allows (" + tolerated + "): "
                    + String.join("; ", rows.reasons()) + ". " + kept());
        }
        if (spending.isExhausted()) {
            throw new InvalidInputException(
                    (spec.budget().maxPrice() == null ? "distill.maxRequests" : "distill.maxPrice or maxRequests")
                            + " is reached, because requests were repeated or took more tokens than estimated. "
                            + kept());
        }
    }

    /** Where the answers are that were paid for. */
    private String kept() {
        return Counted.of(questions.size() - asked().size(), "prompt") + " of "
                + String.format(Locale.ROOT, "%,d", questions.size())
                + " were asked, and their answers are kept: the next run goes on from there.";
    }

    private List<TeacherQuestion> asked() {
        return questions.values().stream()
                .filter(question -> !answers.containsKey(question.digest()))
                .toList();
    }

    private DistillPlan counted() {
        List<TeacherQuestion> open = asked();
        return new DistillPlan(
                spec,
                new DistillPlan.Counts(
                        questions.size(), repeated, prompts.complete(), prompts.dropped(), answers.size(), open.size()),
                open.stream()
                        .mapToLong(question -> question.request().inputTokens())
                        .sum(),
                (long) open.size() * spec.teacher().longestAnswer());
    }

    /** An answer that is only in the output is kept, in case its prompt leaves the files and comes back. */
    private void keep(String digest, ObjectNode message) {
        try {
            if (!digest.matches("[0-9a-f]{64}")) {
                throw new InvalidInputException(shown + ": metadata.teacherRequest '" + digest
                        + "' is not the digest of a request. Restore the row.");
            }
            if (!cache.has(digest)) {
                cache.put(digest, new ChatAnswer(ChatOutcome.ANSWERED, message, ChatAnswer.Usage.UNKNOWN, ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private AnsweredRows write(Consumer<String> messages, Spending spending) throws IOException {
        AnsweredRows rows = AnsweredRows.of(List.copyOf(questions.values()), answers, spec.teacher());
        rows.reasons().forEach(messages);
        if (spending.requests() > 0) {
            messages.accept(String.format(
                    Locale.ROOT,
                    "%s, %,d tokens sent, %,d received%s",
                    Counted.of(spending.requests(), "request"),
                    spending.input(),
                    spending.output(),
                    spec.budget().price() == null ? "" : ", at most " + DistillPlan.money(spending.most())));
        }
        if (rows.lines().isEmpty()) {
            messages.accept("no row to write");
            return rows;
        }
        byte[] content = (String.join("\n", rows.lines()) + "\n").getBytes(StandardCharsets.UTF_8);
        if (!Files.isRegularFile(output) || !Arrays.equals(Files.readAllBytes(output), content)) {
            AtomicFile.write(output, content);
        }
        messages.accept(shown + ": " + Counted.of(rows.lines().size(), "row") + " of "
                + spec.teacher().model());
        return rows;
    }
}
