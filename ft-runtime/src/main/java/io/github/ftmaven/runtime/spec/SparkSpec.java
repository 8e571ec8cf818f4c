package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A cluster of Apache Spark. */
public record SparkSpec(
        @Doc(
                "The cluster's URL, as for spark-submit. local-cluster[N,CORES,MB] is N processes of this machine, with a Spark"
                        + " from Maven repositories.")
        String master,

        @Doc("The path of spark-submit; that of SPARK_HOME by default.") @Nullable
        String submit,

        @Doc("How many workers compute; as many as the cluster gives by default.") @Bounds(min = 1) @Nullable
        Integer workers,

        @Doc("The seconds until the first worker must run, 120 by default.") @Bounds(min = 1) @Nullable
        Integer timeout,

        @Doc("Settings of Spark, such as spark.executor.memory.") @Nullable
        Map<String, JsonNode> conf) {
    private static final int TIMEOUT = 120;

    public SparkSpec {
        conf = conf == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(conf));
    }

    /** The seconds until the first worker must run; 120 unless said otherwise. */
    public int patience() {
        return timeout == null ? TIMEOUT : timeout;
    }

    /** The settings of Spark; empty for none. */
    public Map<String, JsonNode> settings() {
        return conf == null ? Map.of() : conf;
    }
}
