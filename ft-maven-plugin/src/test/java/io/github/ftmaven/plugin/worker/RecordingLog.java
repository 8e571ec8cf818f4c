package io.github.ftmaven.plugin.worker;

import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugin.logging.SystemStreamLog;

/** A log that keeps what was said. */
public class RecordingLog extends SystemStreamLog {
    private final List<String> lines = new ArrayList<>();

    /** The lines so far, each with its level. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void info(CharSequence content) {
        lines.add("INFO " + content);
    }

    @Override
    public void error(CharSequence content) {
        lines.add("ERROR " + content);
    }

    @Override
    public void warn(CharSequence content) {
        lines.add("WARN " + content);
    }
}
