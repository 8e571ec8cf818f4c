package io.github.ftmaven.runtime.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.drift.Drift;
import io.github.ftmaven.runtime.drift.Fingerprint;
import io.github.ftmaven.runtime.drift.LabelShift;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.files.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far requests are from a training set.
 *
 * @param reference the training set's name
 * @param rows the number of its rows
 * @param novelty the mean of the requests' {@link Novelty}
 * @param labels the shares of labels among its rows and among the answers, the largest change first
 */
public record MonitorResult(
        String reference,
        int rows,
        Lines lines,
        double novelty,
        Drift drift,
        List<LabelShift> labels,
        Monitoring.Thresholds thresholds) {
    private static final int FORMAT_VERSION = 1;
    private static final int LABELS = 5;

    /** With fewer requests, what is added to each count of an index weighs too much. */
    private static final int FEWEST = 100;

    private static final double LEAST = 0.01;

    public MonitorResult {
        labels = List.copyOf(labels);
    }

    /**
     * The lines of the logs.
     *
     * @param known requests that ask what a training row asks
     * @param unread lines that are no request
     * @param firstUnread where the first of them are, and why
     */
    public record Lines(int requests, int known, long unread, List<String> firstUnread) {
        public Lines {
            firstUnread = List.copyOf(firstUnread);
        }
    }

    /** What a drift means. */
    public enum Verdict {
        /** The training set still covers the requests. */
        STABLE,
        /** The requests begin to differ. */
        WATCH,
        /** It is time to train again. */
        RETRAIN,
        /** So few requests that chance alone can move the score as far as the first threshold. */
        TOO_FEW;

        /** The word in reports and files. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The verdict, from the parts without what chance explains. */
    public Verdict verdict() {
        if (lines.requests() < FEWEST) {
            return Verdict.TOO_FEW;
        }
        double most = drift.parts().stream()
                .mapToDouble(Drift.Part::beyondChance)
                .max()
                .orElse(0);
        if (most >= thresholds.retrain()) {
            return Verdict.RETRAIN;
        }
        if (drift.parts().stream().anyMatch(part -> part.byChance() >= thresholds.watch())) {
            return Verdict.TOO_FEW;
        }
        return most >= thresholds.watch() ? Verdict.WATCH : Verdict.STABLE;
    }

    /** The verdict in a sentence. */
    public String sentence() {
        return switch (verdict()) {
            case STABLE -> "STABLE: the training set of " + reference + " covers these requests.";
            case WATCH ->
                "WATCH: the requests begin to differ from the training set of " + reference + ". Label some of them.";
            case RETRAIN ->
                "RETRAIN: the requests differ from the training set of " + reference
                        + ". Label some of them, add them to the training set, and train again.";
            case TOO_FEW ->
                "TOO FEW: with " + Counted.of(lines.requests(), "request")
                        + ", chance alone can move a score past " + number(thresholds.watch())
                        + ". Compare more of them.";
        };
    }

    /** A table for people, without the verdict. */
    public List<String> table() {
        List<String> table = new ArrayList<>();
        table.add(String.format(
                Locale.ROOT,
                "%s, compared with the %s of %s",
                Counted.of(lines.requests(), "request"),
                Counted.of(rows, "training row"),
                reference));
        table.add("");
        table.add(String.format(Locale.ROOT, "  %-12s %8s %10s", "drift of", "score", "by chance"));
        for (Drift.Part part : drift.parts()) {
            table.add(String.format(
                            Locale.ROOT,
                            "  %-12s %8.3f %10.3f   %s",
                            part.name(),
                            part.value(),
                            part.byChance(),
                            part.beyondChance() >= thresholds.retrain()
                                    ? "retrain"
                                    : part.beyondChance() >= thresholds.watch() ? "watch" : "")
                    .stripTrailing());
        }
        table.add("");
        List<LabelShift> moved = labels.stream()
                .filter(shift -> Math.abs(shift.change()) >= LEAST)
                .limit(LABELS)
                .toList();
        if (!moved.isEmpty()) {
            table.add(String.format(Locale.ROOT, "  %-32s %8s %8s", "label", "training", "answers"));
            moved.forEach(shift -> table.add(String.format(
                    Locale.ROOT,
                    "  %-32.32s %6.1f %% %6.1f %%",
                    Fingerprint.shown(shift.label()),
                    100 * shift.before(),
                    100 * shift.after())));
            table.add("");
        }
        table.add(String.format(
                Locale.ROOT,
                "  %.1f %% of the requests ask what a training row asks; novelty of the words %.2f",
                100.0 * lines.known() / lines.requests(),
                novelty));
        return table;
    }

    /** The JSON for other programs. */
    public ObjectNode json() {
        ObjectNode json = JsonFile.object()
                .put("formatVersion", FORMAT_VERSION)
                .put("reference", reference)
                .put("trainingRows", rows)
                .put("requests", lines.requests())
                .put("known", lines.known())
                .put("verdict", verdict().word())
                .put("novelty", rounded(novelty));
        json.putObject("thresholds").put("watch", thresholds.watch()).put("retrain", thresholds.retrain());
        ArrayNode parts = json.putArray("drift");
        drift.parts()
                .forEach(part -> parts.addObject()
                        .put("part", part.name())
                        .put("score", rounded(part.value()))
                        .put("byChance", rounded(part.byChance())));
        ArrayNode shares = json.putArray("labels");
        labels.forEach(shift -> shares.addObject()
                .put("label", Fingerprint.shown(shift.label()))
                .put("training", rounded(shift.before()))
                .put("answers", rounded(shift.after())));
        ObjectNode unread = json.putObject("unread").put("lines", lines.unread());
        ArrayNode first = unread.putArray("first");
        lines.firstUnread().forEach(first::add);
        return json;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
