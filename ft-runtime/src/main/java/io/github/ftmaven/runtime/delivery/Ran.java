package io.github.ftmaven.runtime.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.error.SuppressForbidden;
import io.github.ftmaven.runtime.hardware.Gpu;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where a training ran.
 *
 * @param host the name of the machine
 * @param platform its operating system and processor, in Java's words
 * @param device {@code cpu} or {@code cuda}
 * @param gpu the name of the GPU; empty on a CPU, or if it is not known
 */
public record Ran(String host, String platform, String device, String gpu) {
    private static final int LONGEST = 200;

    /** This machine. */
    @SuppressForbidden("names this machine")
    static Ran here(String device) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "unknown";
        }
        return new Ran(
                host,
                (System.getProperty("os.name") + " " + System.getProperty("os.arch")).toLowerCase(Locale.ROOT),
                device,
                device.equals("cuda") ? Gpu.find(System.getenv()).map(Gpu::name).orElse("") : "");
    }

    static Ran read(JsonNode json) {
        return new Ran(text(json, "host"), text(json, "platform"), text(json, "device"), text(json, "gpu"));
    }

    /** Other people's words, for a log. */
    private static String text(JsonNode json, String name) {
        String text = PrintableText.line(json.path(name).asText(""));
        return text.substring(0, Math.min(LONGEST, text.length()));
    }

    /** Adds it to a file. */
    public void put(ObjectNode json) {
        json.put("host", host).put("platform", platform).put("device", device);
        if (!gpu.isEmpty()) {
            json.put("gpu", gpu);
        }
    }
}
