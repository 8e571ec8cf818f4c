package io.github.ftmaven.runtime.assertion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code webhook}: sends the output and its context to a URL, which answers {@code {pass, score?, reason?}}. */
final class WebhookCheck {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private WebhookCheck() {}

    static Outcome check(Subject s, Grading grading) throws CheckException {
        CheckException.require(
                s.value().isTextual() && !s.value().textValue().isEmpty(),
                "\"webhook\" assertion type must have a URL value");
        ObjectNode body = JSON.objectNode();
        body.set("output", s.output());
        ObjectNode context = body.putObject("context");
        context.put("prompt", grading.test().prompt());
        context.set("vars", grading.test().vars());
        JsonNode answer = grading.services().post(s.value().textValue(), body);
        JsonNode declared = answer.path("score");
        if (!answer.path("pass").isBoolean()
                || !(declared.isMissingNode() || (declared.isNumber() && Double.isFinite(declared.doubleValue())))) {
            throw new CheckException("webhook: the service must answer with a pass that is true or"
                    + " false, and with a numeric score if any, but answered " + Js.stringify(answer));
        }
        boolean pass = answer.path("pass").booleanValue() != s.inverse();
        double score = declared.isMissingNode()
                ? (pass ? 1 : 0)
                : s.inverse() ? 1 - declared.doubleValue() : declared.doubleValue();
        String reason = answer.path("reason").asText();
        return new Outcome(
                pass, score, !reason.isEmpty() ? reason : pass ? Outcome.PASSED : "Webhook returned " + s.inverse());
    }
}
