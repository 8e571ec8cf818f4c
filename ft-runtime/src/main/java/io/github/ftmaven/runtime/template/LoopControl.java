package io.github.ftmaven.runtime.template;

/** Leaves a loop, or continues with its next item. */
final class LoopControl extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean leaves;

    LoopControl(boolean leaves) {
        super(null, null, false, false);
        this.leaves = leaves;
    }

    boolean leaves() {
        return leaves;
    }
}
