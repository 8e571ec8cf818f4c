package io.github.ftmaven.runtime.assertion;

/** One type of assertion. */
interface Check {
    Outcome check(Subject subject) throws CheckException;
}
