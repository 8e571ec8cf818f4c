package io.github.ftmaven.runtime.assertion;

/** One type of assertion that asks a judge. */
interface JudgedCheck {
    Outcome check(Subject subject, Grading grading) throws CheckException;
}
