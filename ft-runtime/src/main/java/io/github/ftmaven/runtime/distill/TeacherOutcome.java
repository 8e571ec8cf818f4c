package io.github.ftmaven.runtime.distill;

/** What became of a prompt. */
enum TeacherOutcome {
    ANSWERED(""),
    CUT_OFF("cut off at the most tokens of an answer"),
    FILTERED("withheld by the server's content filter"),
    DECLINED("declined by the teacher"),
    EMPTY("empty"),
    CALLS("calls of tools, which rows of this layout cannot hold"),
    /** The server did not take this request. It may take it another time, so this is not kept. */
    REJECTED("rejected by the server"),
    UNFIT("not fit for a dataset");

    private final String text;

    TeacherOutcome(String text) {
        this.text = text;
    }

    /** What the answer is, for messages. */
    String text() {
        return text;
    }

    /** Whether asking again would cost money for the same outcome. */
    boolean isKept() {
        return this != REJECTED && this != UNFIT;
    }
}
