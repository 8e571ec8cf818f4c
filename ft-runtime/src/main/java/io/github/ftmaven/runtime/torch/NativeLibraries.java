package io.github.ftmaven.runtime.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Platform;
import ai.djl.util.Utils;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Loads libtorch and DJL's JNI library: from the class path or a directory that the user names, never by download. */
final class NativeLibraries {
    private static final String ENGINE = "PyTorch";
    private static final String OFFLINE = "ai.djl.offline";

    private NativeLibraries() {}

    /**
     * Loads the libraries, once per process.
     *
     * @throws InvalidInputException if they are missing, or another class loader of this process has loaded them
     */
    static synchronized Engine load() {
        if (System.getProperty(OFFLINE) == null) {
            System.setProperty(OFFLINE, "true"); // otherwise DJL downloads missing libraries from its site
        }
        Platform platform = Platform.fromSystem("pytorch");
        boolean bundled = !Platform.detectPlatform("pytorch").isPlaceholder();
        requirePresent(
                platform,
                bundled || Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH") != null,
                NativeLibraries.class.getResource("/jnilib/pytorch.properties") != null);
        NativeCache.check("pytorch");
        try {
            Engine engine = Engine.getEngine(ENGINE);
            detectProcessor(engine);
            return engine;
        } catch (EngineException e) {
            Optional<String> problem = NativeProblem.of(e);
            if (problem.isPresent()) {
                throw new InvalidInputException(problem.get(), e);
            }
            throw loadedElsewhere(e)
                    ? new InvalidInputException(
                            "Another class loader of this process has already loaded libtorch, and a process can load it"
                                    + " only once. Put ft-runtime and the ai.djl libraries where one class loader serves everything"
                                    + " that uses them, such as the server's own class path.",
                            e)
                    : e;
        }
    }

    /**
     * Calls a vector function of MKL from one thread. The first call of a process looks up the kind of processor, and on the
     * way MKL publishes a number with another meaning. A second thread that calls at that moment computes its share with a
     * function of far lower accuracy: half of the table of rotary angles would be wrong in the fourth digit.
     */
    private static void detectProcessor(Engine engine) {
        try (NDManager manager = engine.newBaseManager(Device.cpu());
                NDArray angle = manager.create(0f);
                NDArray cosine = angle.cos()) {
            cosine.getFloat();
        }
    }

    /** Names the missing dependency. */
    static void requirePresent(Platform platform, boolean libtorch, boolean jni) {
        if (!libtorch) {
            throw new InvalidInputException("libtorch is not on the class path. Add the dependency"
                    + " ai.djl.pytorch:pytorch-native-cpu:" + platform.getVersion() + " with the classifier "
                    + platform.getClassifier() + ", or point PYTORCH_LIBRARY_PATH at a libtorch "
                    + platform.getVersion() + ". Nothing is downloaded at run time.");
        }
        if (!jni) {
            throw new InvalidInputException(
                    "DJL's JNI library for libtorch is not on the class path. Add the dependency"
                            + " ai.djl.pytorch:pytorch-jni:" + platform.getVersion() + "-" + platform.getApiVersion()
                            + ". Nothing is downloaded at run time.");
        }
    }

    private static boolean loadedElsewhere(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("already loaded in another classloader")) {
                return true;
            }
        }
        return false;
    }
}
