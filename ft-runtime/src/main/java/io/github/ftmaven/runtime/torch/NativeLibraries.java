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

/** libtorch and DJL's library for it: from the class path or from a directory that the user names, never by a download. */
final class NativeLibraries {
    private static final String ENGINE = "PyTorch";
    private static final String OFFLINE = "ai.djl.offline";

    private NativeLibraries() {}

    /**
     * Loads them, once a process.
     *
     * @throws InvalidInputException if they are not there, or another class loader of this process has loaded them
     */
    static synchronized Engine load() {
        if (System.getProperty(OFFLINE) == null) {
            System.setProperty(OFFLINE, "true"); // DJL would download what is missing from a site of its own
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
                            "libtorch is loaded already by another class loader of this process, and a process can load it"
                                    + " once only. Put ft-runtime and the ai.djl libraries where one class loader serves all"
                                    + " that use them, such as the server's own class path.",
                            e)
                    : e;
        }
    }

    /**
     * Calls a vector function of MKL from one thread. The first of all such calls looks up the kind of processor, and MKL
     * publishes a number on the way that means something else: a second thread that comes then computes its share with a
     * function of far lower accuracy. That would be the table of rotary angles, half of it wrong in the fourth digit.
     */
    private static void detectProcessor(Engine engine) {
        try (NDManager manager = engine.newBaseManager(Device.cpu());
                NDArray angle = manager.create(0f);
                NDArray cosine = angle.cos()) {
            cosine.getFloat();
        }
    }

    /** Tells which dependency is missing. */
    static void requirePresent(Platform platform, boolean libtorch, boolean jni) {
        if (!libtorch) {
            throw new InvalidInputException("libtorch is not on the class path. Add the dependency"
                    + " ai.djl.pytorch:pytorch-native-cpu:" + platform.getVersion() + " with the classifier "
                    + platform.getClassifier() + ", or point PYTORCH_LIBRARY_PATH at a libtorch "
                    + platform.getVersion() + ". Nothing is downloaded at run time.");
        }
        if (!jni) {
            throw new InvalidInputException("DJL's library for libtorch is not on the class path. Add the dependency"
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
