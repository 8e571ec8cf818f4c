package io.github.ftmaven.runtime.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory a device has left for tensors. */
final class FreeMemory {
    private static final Path LINUX = Path.of("/proc/meminfo");

    private FreeMemory() {}

    /** In bytes; of a GPU, what no process uses. */
    static long of(Device device) {
        if (device.isGpu()) {
            MemoryUsage gpu = CudaUtils.getGpuMemory(device);
            return gpu.getMax() - gpu.getUsed();
        }
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return ofMachine(LINUX, system.getTotalMemorySize(), system.getFreeMemorySize());
    }

    /**
     * Linux fills memory with the contents of files and gives it back when a program needs it, so what is free there
     * says little: after weights were read, nearly nothing.
     *
     * @param meminfo Linux's account of the machine
     * @param total according to Java, which knows the limits of a container
     * @param free according to Java
     */
    static long ofMachine(Path meminfo, long total, long free) {
        OptionalLong whole = OptionalLong.empty();
        OptionalLong available = OptionalLong.empty();
        try {
            String text = Files.readString(meminfo);
            whole = field(text, "MemTotal");
            available = field(text, "MemAvailable");
        } catch (IOException e) {
            // Another operating system.
        }
        if (available.isEmpty()) {
            return free;
        }
        boolean isInContainer = total < whole.orElse(total);
        return isInContainer ? Math.min(free, available.getAsLong()) : available.getAsLong();
    }

    private static OptionalLong field(String text, String name) {
        Matcher field =
                Pattern.compile("(?m)^" + name + ":\\s+([0-9]{1,15}) kB$").matcher(text);
        return field.find() ? OptionalLong.of(Long.parseLong(field.group(1)) * 1024) : OptionalLong.empty();
    }
}
