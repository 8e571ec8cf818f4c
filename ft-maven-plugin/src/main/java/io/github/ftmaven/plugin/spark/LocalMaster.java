package io.github.ftmaven.plugin.spark;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Workers of this machine: {@code local-cluster[2,1,2048]}.
 *
 * @param workers how many processes
 * @param cores of each, for Spark; the threads of each are those of a worker without Spark
 * @param megabytes of each one's Java heap
 */
record LocalMaster(int workers, int cores, int megabytes) {
    private static final Pattern FORM = Pattern.compile(
            "local-cluster\\[\\s*([1-9][0-9]{0,4})\\s*,\\s*([1-9][0-9]{0,4})\\s*,\\s*([1-9][0-9]{0,8})\\s*]");

    /** Null for a cluster that is not of this machine. */
    static @Nullable LocalMaster of(@Nullable String master) {
        if (master == null) {
            return null;
        }
        Matcher matcher = FORM.matcher(master);
        if (matcher.matches()) {
            return new LocalMaster(
                    Integer.parseInt(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)));
        }
        if (master.startsWith("local")) {
            throw new InvalidInputException(
                    "runner.spark.master: " + master + " is not local-cluster[N,CORES,MB]. Write"
                            + " for example local-cluster[2,1,2048], which is two workers of one core with 2048 MB of heap.");
        }
        return null;
    }
}
