package io.github.ftmaven.runtime.checks;

import java.util.List;

/** One thing to look for in a dataset. */
@FunctionalInterface
interface DataCheck {
    /** What was found, at most one finding for each kind and split; the same rows give the same findings. */
    List<Finding> find(Inspection rows);
}
