package io.github.ftmaven.plugin.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalMasterTest {
    @Test
    void readsTheNumbersOfAClusterOnThisMachine() {
        assertThat(LocalMaster.of("local-cluster[2, 1 ,2048]")).isEqualTo(new LocalMaster(2, 1, 2048));
    }

    @ParameterizedTest
    @ValueSource(strings = {"spark://host:7077", "yarn", "k8s://https://host:6443"})
    void anyOtherClusterIsElsewhere(String master) {
        assertThat(LocalMaster.of(master)).isNull();
    }

    @Test
    void withoutAMasterSparkSubmitKnowsIt() {
        assertThat(LocalMaster.of(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "local[2]", "local-cluster[0,1,1024]", "local-cluster[2,1]"})
    void refusesOtherLocalForms(String master) {
        assertThatThrownBy(() -> LocalMaster.of(master))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("runner.spark.master: " + master + " is not local-cluster[N,CORES,MB]. Write for example"
                        + " local-cluster[2,1,2048], which is two workers of one core with 2048 MB of heap.");
    }
}
