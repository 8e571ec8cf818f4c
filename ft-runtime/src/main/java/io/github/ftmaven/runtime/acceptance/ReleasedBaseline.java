package io.github.ftmaven.runtime.acceptance;

/** What is known of the adapter that was released last, beside its scores. */
public enum ReleasedBaseline {
    /** The scores must have it: that they do not is an error, not a first release. */
    EXPECTED,
    /** Nothing was released before, as the repositories say: rules over it are met. */
    FIRST_RELEASE;

    /** {@link #FIRST_RELEASE}. */
    public static ReleasedBaseline firstRelease() {
        return FIRST_RELEASE;
    }
}
