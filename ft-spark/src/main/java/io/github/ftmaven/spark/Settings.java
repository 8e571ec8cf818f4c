package io.github.ftmaven.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What the build says to the process that leads.
 *
 * @param master a cluster of Spark; empty if {@code spark-submit} knows it
 * @param workers how many processes compute; 0 for as many as the cluster gives
 * @param cores of each
 * @param timeout seconds until the first of them must run
 * @param engine the jars of the engine, separated as in a class path
 * @param conf settings for Spark
 */
record Settings(String master, int workers, int cores, int timeout, String engine, Map<String, String> conf) {
    private static final String CONF = "conf.";

    static Settings read(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        Map<String, String> conf = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(CONF)) {
                conf.put(name.substring(CONF.length()), properties.getProperty(name));
            }
        }
        return new Settings(
                properties.getProperty("master", ""),
                Integer.parseInt(properties.getProperty("workers", "0")),
                Integer.parseInt(properties.getProperty("cores", "1")),
                Integer.parseInt(properties.getProperty("timeout", "120")),
                properties.getProperty("engine", ""),
                conf);
    }

    /** Whether the cluster is on this machine and ends with this process. */
    boolean isLocal() {
        return master.startsWith("local");
    }
}
