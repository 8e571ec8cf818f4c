package io.github.ftmaven.runtime.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The versions with which this ft-runtime was built, and which must match.
 *
 * @param group the group of the plugin and of ft-runtime
 * @param plugin the version of both
 */
public record Versions(String group, String plugin, String djl, String libtorch) {
    /** Reads them from a resource that the build filters. */
    public static Versions current() {
        Properties versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Versions(
                versions.getProperty("group"),
                versions.getProperty("plugin"),
                versions.getProperty("djl"),
                versions.getProperty("libtorch"));
    }

    /** The version of DJL's JNI library for this libtorch. */
    public String jni() {
        return libtorch + "-" + djl;
    }
}
