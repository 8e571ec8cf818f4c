package io.github.ftmaven.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class SkippedTestsTest {
    @Test
    void namesTestsAndReasons() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LauncherConfig own = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .addTestExecutionListeners(new SkippedTests(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Sample.class), selectClass(Nothing.class))
                .build();
        LauncherFactory.create(own).execute(request);

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactlyInAnyOrder(
                        "Skipped: SkippedTestsTest$Sample.waits: Assumption failed: the tide is out",
                        "Skipped: SkippedTestsTest$Sample.sails [2] where=south: Assumption failed: no pier there",
                        "Skipped: SkippedTestsTest$Sample.rests: on Sundays",
                        "Skipped: SkippedTestsTest$Nothing: in winter");
    }

    @Test
    void isAskedByEveryLauncher() {
        assertThat(java.util.ServiceLoader.load(org.junit.platform.launcher.TestExecutionListener.class))
                .hasAtLeastOneElementOfType(SkippedTests.class);
    }

    static class Sample {
        @Test
        void waits() {
            assumeTrue(false, "the tide is out");
        }

        @ParameterizedTest
        @ValueSource(strings = {"north", "south"})
        void sails(String where) {
            assumeTrue(where.equals("north"), "no pier there");
        }

        @Test
        @Disabled("on Sundays")
        void rests() {}

        @Test
        void runs() {}
    }

    @Disabled("in winter")
    static class Nothing {
        @Test
        void runs() {}
    }
}
