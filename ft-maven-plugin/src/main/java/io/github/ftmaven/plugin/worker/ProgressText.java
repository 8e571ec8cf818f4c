package io.github.ftmaven.plugin.worker;

import io.github.ftmaven.runtime.journal.Event;
import java.util.Locale;

/** Progress as a line of text: {@code Training 123/412, loss 0.4321, 20,134 tokens/s, 1:23 left}, {@code Reading 12/40 MB, 51.2 MB/s, 0:01 left}. */
final class ProgressText {
    private ProgressText() {}

    static String of(Event.Progress progress) {
        StringBuilder text = new StringBuilder(progress.phase());
        text.append(String.format(Locale.ROOT, " %,d/%,d", progress.step(), progress.steps()));
        if (progress.loss() != null) {
            text.append(String.format(Locale.ROOT, ", loss %.4f", progress.loss()));
        }
        if (progress.tokensPerSecond() != null) {
            text.append(String.format(Locale.ROOT, ", %,.0f tokens/s", progress.tokensPerSecond()));
        }
        Event.Rate rate = progress.rate();
        if (rate != null) {
            text.append(String.format(Locale.ROOT, " %s, %,.1f %1$s/s", rate.unit(), rate.perSecond()));
        }
        if (progress.secondsLeft() != null && progress.step() < progress.steps()) {
            text.append(", ")
                    .append(duration(Math.round(progress.secondsLeft())))
                    .append(" left");
        }
        return text.toString();
    }

    /** {@code 0:07}, {@code 12:34} or {@code 1:02:03}. */
    private static String duration(long seconds) {
        long hours = seconds / 3600;
        long minutes = seconds / 60 % 60;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", minutes, seconds % 60);
    }
}
