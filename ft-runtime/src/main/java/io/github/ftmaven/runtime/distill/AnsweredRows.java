package io.github.ftmaven.runtime.distill;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.ftmaven.runtime.completions.ChatAnswer;
import io.github.ftmaven.runtime.completions.ChatOutcome;
import io.github.ftmaven.runtime.dataset.Origin;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonTrees;
import io.github.ftmaven.runtime.spec.TeacherSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The rows that have an answer, in the order of their prompts, and why others have none.
 *
 * @param lines in JSON
 * @param missing the prompts without a usable answer, by what became of them
 */
record AnsweredRows(List<String> lines, Map<ChatOutcome, List<String>> missing) {
    private static final int SHOWN = 3;
    private static final JsonTrees JSON = Json.lenientTrees();

    /** Puts the answers into their rows. */
    static AnsweredRows of(List<TeacherQuestion> questions, Map<String, ChatAnswer> answers, TeacherSpec teacher) {
        List<String> lines = new ArrayList<>();
        Map<ChatOutcome, List<String>> missing = new EnumMap<>(ChatOutcome.class);
        for (TeacherQuestion question : questions) {
            ChatAnswer answer = answers.get(question.digest());
            if (answer == null) {
                continue;
            }
            ChatOutcome outcome = answer.outcome();
            String words = answer.detail();
            if (outcome == ChatOutcome.ANSWERED) {
                Origin origin =
                        new Origin(teacher.model(), Teacher.place(teacher).server(), question.digest());
                try {
                    lines.add(Json.whole(JSON.write(question.row().answered(answer.message(), origin))));
                    continue;
                } catch (InvalidInputException e) {
                    outcome = ChatOutcome.UNFIT;
                    words = String.valueOf(e.getMessage());
                } catch (JsonProcessingException e) {
                    throw new IllegalStateException(e); // it was read from JSON
                }
            }
            missing.computeIfAbsent(outcome, absent -> new ArrayList<>())
                    .add(question.row().source() + (words.isEmpty() ? "" : " (" + words + ")"));
        }
        return new AnsweredRows(lines, missing);
    }

    /** How many prompts have no usable answer. */
    int unanswered() {
        return missing.values().stream().mapToInt(List::size).sum();
    }

    /** A line for each reason. */
    List<String> reasons() {
        List<String> reasons = new ArrayList<>();
        missing.forEach((outcome, sources) -> reasons.add(Counted.of(sources.size(), "answer")
                + (sources.size() == 1 ? " is " : " are ") + outcome.text() + ", so the prompt is left out: "
                + String.join("; ", sources.subList(0, Math.min(SHOWN, sources.size())))
                + (sources.size() > SHOWN ? "; and " + (sources.size() - SHOWN) + " more" : "")));
        return reasons;
    }
}
