package io.github.ftmaven.runtime.template;

/** Python's None. */
public enum None {
    /** The only value. */
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
