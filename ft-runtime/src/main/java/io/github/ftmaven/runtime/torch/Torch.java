package io.github.ftmaven.runtime.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.github.ftmaven.runtime.error.InvalidInputException;

/** The native library: loaded once per process, on one device. */
public final class Torch {
    private static final String CUDA = "cuda";

    private final Device device;

    private Torch(Device device) {
        this.device = device;
    }

    /**
     * Loads libtorch.
     *
     * @param device {@code cpu}, {@code cuda}, {@code cuda:1} for the second GPU (round
     *     the number that there are), or {@code auto} for a GPU if libtorch
     *     finds one
     * @param threads CPU threads; results are bit-reproducible only with the same number
     * @throws InvalidInputException if {@code cuda} is requested without a GPU, or libtorch is missing
     */
    public static Torch load(String device, int threads) {
        Engine engine = NativeLibraries.load();
        JniUtils.setNumThreads(threads);
        boolean gpu = engine.getGpuCount() > 0;
        if (device.startsWith(CUDA) && !gpu) {
            throw new InvalidInputException("ft.device is cuda, but libtorch finds no GPU. Point "
                    + "PYTORCH_LIBRARY_PATH at a CUDA build of libtorch, check the driver, or use -Dft.device=cpu.");
        }
        return new Torch(gpu && !device.equals("cpu") ? gpu(device, engine.getGpuCount()) : Device.cpu());
    }

    private static Device gpu(String device, int count) {
        return device.startsWith(CUDA + ":")
                ? Device.gpu(Integer.parseInt(device.substring(CUDA.length() + 1)) % count)
                : Device.gpu();
    }

    /** A new arena on the device. */
    public Arena arena() {
        return Arena.on(device);
    }

    /** {@code cpu} or {@code cuda}. */
    public String device() {
        return device.isGpu() ? CUDA : "cpu";
    }

    /** libtorch's version. */
    public String version() {
        return Engine.getEngine("PyTorch").getVersion();
    }

    /** DJL's version. */
    public static String djlVersion() {
        return Engine.getDjlVersion();
    }
}
