package io.github.ftmaven.runtime.completions;

/** What became of a question. */
public enum ChatOutcome {
    ANSWERED(""),
    CUT_OFF("cut off at the most tokens of an answer"),
    FILTERED("withheld by the server's content filter"),
    DECLINED("declined by the model"),
    EMPTY("empty"),
    CALLS("calls of tools, which rows of this layout cannot hold"),
    /** The server did not take this request. It may take it another time, so this is not kept. */
    REJECTED("rejected by the server"),
    UNFIT("not fit for a dataset");

    private final String text;

    ChatOutcome(String text) {
        this.text = text;
    }

    /** What the answer is, for messages. */
    public String text() {
        return text;
    }

    /** Whether asking again would cost money for the same outcome. */
    public boolean isKept() {
        return this != REJECTED && this != UNFIT;
    }
}
