package io.github.ftmaven.runtime.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.util.Platform;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where libtorch comes from, and what is said when it does not. */
class NativeLibrariesTest {
    private final Platform platform = Platform.fromSystem("pytorch");

    @Test
    void namesTheMissingDependency() {
        assertThatThrownBy(() -> NativeLibraries.requirePresent(platform, false, true))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("libtorch is not on the class path. Add the dependency"
                        + " ai.djl.pytorch:pytorch-native-cpu:2.7.1 with the classifier " + platform.getClassifier()
                        + ", or point PYTORCH_LIBRARY_PATH at a libtorch 2.7.1. Nothing is downloaded at run time.");
        assertThatThrownBy(() -> NativeLibraries.requirePresent(platform, true, false))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("DJL's JNI library for libtorch is not on the class path. Add the dependency"
                        + " ai.djl.pytorch:pytorch-jni:2.7.1-0.36.0. Nothing is downloaded at run time.");
    }

    @Test
    void aSecondClassLoaderIsToldWhy() throws Exception {
        assertThat(Torch.load("cpu", 1).device()).isEqualTo("cpu");
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader other =
                new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(other); // with which DJL looks for its parts
            Class<?> torch = Class.forName(Torch.class.getName(), true, other);
            assertThatThrownBy(() ->
                            torch.getMethod("load", String.class, int.class).invoke(null, "cpu", 1))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageStartingWith("Another class loader of this process has already loaded libtorch, and a"
                            + " process can load it only once.");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }
}
