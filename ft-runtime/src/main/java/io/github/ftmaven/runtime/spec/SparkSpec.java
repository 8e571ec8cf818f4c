package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A cluster of Spark. */
public record SparkSpec(
        @Doc(
                "The cluster's URL, such as spark://HOST:7077, k8s://URL or yarn. local-cluster[2,1,2048] starts one on this"
                        + " machine for trying it out. By default what spark-submit is configured for.")
        @Nullable
        String master,

        @Doc("How many processes compute; by default as many as the cluster gives.") @Bounds(min = 1) @Nullable
        Integer workers,

        @Doc("The spark-submit program; by default that of SPARK_HOME.") @Nullable
        String submit,

        @Doc(
                "The cores that Spark reserves for each process; by default as many as it computes with, which -Dft.threads"
                        + " says.")
        @Bounds(min = 1)
        @Nullable
        Integer cores,

        @Doc("Seconds until the first process must run, 120 by default.") @Bounds(min = 1) @Nullable
        Integer timeout,

        @Doc("More settings of Spark, such as spark.executor.memoryOverhead.") @Nullable
        Map<String, JsonNode> conf) {
    private static final int TIMEOUT = 120;

    public SparkSpec {
        conf = conf == null ? null : Collections.unmodifiableMap(new TreeMap<>(conf));
    }

    /** The seconds until the first process must run. */
    public int patience() {
        return timeout == null ? TIMEOUT : timeout;
    }

    /** The settings of Spark; empty for none. */
    public Map<String, JsonNode> settings() {
        return conf == null ? Map.of() : conf;
    }
}
