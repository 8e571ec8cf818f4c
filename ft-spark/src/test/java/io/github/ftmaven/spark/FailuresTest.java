package io.github.ftmaven.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void namesTheLastReasonOfATask() {
        assertThat(Failures.reason(new IllegalStateException(
                        "Job aborted due to stage failure: Task 0 in stage 1.0 failed 4 times, most recent failure: Lost task"
                                + " 0.3 in stage 1.0 (TID 4) (10.0.0.1 executor 2): java.io.IOException: no space left\n\tat"
                                + " example.Program.main\n\nDriver stacktrace:")))
                .isEqualTo("java.io.IOException: no space left.");
    }

    @Test
    void saysWhichJavaIsTooOld() {
        assertThat(Failures.reason(new IllegalStateException(
                        "Job aborted due to stage failure: Lost task 0.0 in stage 1.0 (TID 4) (host executor 0):"
                                + " java.lang.UnsupportedClassVersionError: io/github/ftmaven/spark/GradientFunction has been"
                                + " compiled by a more recent version of the Java Runtime (class file version 61.0)")))
                .isEqualTo(
                        "its workers run a Java older than 17. Set spark.executorEnv.JAVA_HOME in runner.spark.conf to"
                                + " a newer one of their machines.");
    }

    @Test
    void elseTheFirstLineOfTheCause() {
        assertThat(Failures.reason(new IllegalStateException("outer", new IllegalArgumentException("inner\nmore"))))
                .isEqualTo("inner.");
        assertThat(Failures.reason(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException.");
    }
}
