package io.github.ftmaven.plugin.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.Test;

class DownloadsTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final Downloads downloads = new Downloads(
            new SystemStreamLog() {
                @Override
                public void info(CharSequence line) {
                    lines.add(line.toString());
                }
            },
            now::get);

    @Test
    void tellsEveryTenSeconds() {
        downloads.arrived("config.json", 0, 4_000_000);
        downloads.arrived("model.safetensors", 0, 988_100_000);
        at(1).arrived("model.safetensors", 50_000_000, 988_100_000);
        at(10).arrived("model.safetensors", 500_000_000, 988_100_000);
        at(11).arrived("model.safetensors", 550_000_000, 988_100_000);
        at(20).arrived("model.safetensors", 988_100_000, 988_100_000);
        assertThat(lines)
                .containsExactly(
                        "Downloading model.safetensors, 988.1 MB.",
                        "model.safetensors: 50 %, 50.0 MB/s, 10 s left",
                        "Downloaded model.safetensors in 20 s.");
    }

    @Test
    void countsOnlyWhatArrivesNow() {
        downloads.arrived("w", 900_000_000, 1_000_000_000);
        at(10).arrived("w", 910_000_000, 1_000_000_000);
        assertThat(lines)
                .containsExactly(
                        "Downloading w, 1,000.0 MB, of which 900.0 MB were downloaded before.",
                        "w: 91 %, 1.0 MB/s," + " 90 s left");
    }

    private Downloads at(long seconds) {
        now.set(seconds * 1_000_000_000);
        return downloads;
    }
}
