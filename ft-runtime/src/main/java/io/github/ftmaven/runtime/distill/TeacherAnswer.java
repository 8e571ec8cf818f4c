package io.github.ftmaven.runtime.distill;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A teacher's answer.
 *
 * @param message its role and content; empty unless the outcome is {@link TeacherOutcome#ANSWERED}
 * @param usage the tokens it took
 * @param detail the server's own words about an outcome without an answer; empty for none
 */
record TeacherAnswer(TeacherOutcome outcome, ObjectNode message, Usage usage, String detail) {
    /**
     * Tokens that the server counted.
     *
     * @param told false if the server did not say
     */
    record Usage(boolean told, long input, long output) {
        static final Usage UNKNOWN = new Usage(false, 0, 0);
    }

    TeacherAnswer with(TeacherOutcome other, String words) {
        return new TeacherAnswer(other, message.objectNode(), usage, words);
    }
}
