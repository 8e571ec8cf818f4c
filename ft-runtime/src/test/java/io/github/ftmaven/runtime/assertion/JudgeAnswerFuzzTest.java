package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import io.github.ftmaven.runtime.script.JavaScript;
import io.github.ftmaven.runtime.script.Nunjucks;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/** What a judge answers to each assertion that asks one: an input is the type of the assertion, a line end, the answer. */
class JudgeAnswerFuzzTest extends FuzzedReader {
    private static final JsonMapper JSON = new JsonMapper();

    private final JavaScript scripts = new JavaScript(Duration.ofSeconds(5));
    private final Judge judge = new Judge();
    private final Grader grader =
            new Grader(scripts, new Nunjucks(scripts, JSON.createObjectNode()), new NoFiles(), judge, false);

    JudgeAnswerFuzzTest() {
        super("judge-answer");
    }

    @AfterEach
    void stop() {
        scripts.close();
    }

    /** Says the same to whoever asks. */
    private static final class Judge implements GradingServices {
        private JsonNode answer = TextNode.valueOf("");

        @Override
        public Response ask(JsonNode declared, String prompt, ObjectNode vars) {
            return new Response(answer, 0, null, null, null, Response.Tokens.NONE);
        }

        @Override
        public Embedding embed(JsonNode declared, String text) {
            return new Embedding(List.of(0.6, 0.8), Response.Tokens.NONE);
        }

        @Override
        public JsonNode post(String address, JsonNode body) {
            return answer;
        }
    }

    @Override
    protected List<byte[]> seeds() {
        return Stream.of(
                        "llm-rubric\nHere it is: {\"pass\": true, \"score\": 0.9, \"reason\": \"It is polite.\"} Good.",
                        "llm-rubric\n{\"pass\": \"no\", \"score\": \"0.25\", \"reason\": null}",
                        "model-graded-closedqa\nIt does. So:\nY",
                        "factuality\n(B) The submission says more than the expert does.",
                        "factuality\n{\"category\": \"C\", \"reason\": \"The same.\"}",
                        "g-eval\n{\"steps\": [\"Read.\", \"Count.\"], \"score\": 7, \"reason\": \"Near.\"}",
                        "answer-relevance\nWhere is it?",
                        "context-faithfulness\nIt is in France.\nFinal verdict for each statement in order: Yes. No.",
                        "context-recall\n1. It is in France. [Attributed]\n2. It rains. [Not Attributed]",
                        "context-relevance\nParis is in France.",
                        "conversation-relevance\n{\"verdict\": \"no\", \"reason\": \"Off.\"}",
                        "select-best\n1")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    protected void read(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        int end = Math.max(0, text.indexOf('\n'));
        String said = text.substring(Math.min(text.length(), end + 1));
        judge.answer = TextNode.valueOf(said);
        ObjectNode vars = JSON.createObjectNode().put("query", "Where?").put("context", "Paris is in France.");
        Grader.Case test = new Grader.Case(
                "Where?",
                vars,
                JSON.createObjectNode(),
                JSON.createObjectNode(),
                JSON.createObjectNode(),
                TextNode.valueOf("In Paris."));
        Assertion assertion = new Assertion(
                JSON.createObjectNode().put("type", text.substring(0, end)).put("value", "It is right."));
        Response response = new Response(TextNode.valueOf("In Paris."), 0, null, null, null, Response.Tokens.NONE);
        try {
            if (OutputComparison.TYPES.contains(assertion.type())) {
                Graded graded = grader.grade(List.of(), null, response, test);
                grader.compare(
                        assertion,
                        List.of(TextNode.valueOf("In Paris."), TextNode.valueOf("In Rome.")),
                        List.of(graded, graded),
                        test);
            } else {
                checkGraded(grader.grade(List.of(assertion), null, response, test));
                if (assertion.type().equals("llm-rubric")) { // a provider may have parsed it; the others must have text
                    judge.answer = Grading.parsed(said);
                    checkGraded(grader.grade(List.of(assertion), null, response, test));
                }
            }
        } catch (CheckException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** A score must be a number: nothing compares with NaN, and the row would pass or fail by accident. */
    private static void checkGraded(Graded graded) {
        if (!Double.isFinite(graded.score())) {
            throw new IllegalStateException("the score is " + graded.score());
        }
    }
}
