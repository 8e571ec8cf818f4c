package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are not learnt: a fraction of {@code train} in [0, 1), or those of {@code train} from a time on, or files;
 * one of the three.
 *
 * @param from as {@code dataset.split.timeBy} reads times; null for none
 */
public record HeldOut(
        double fraction, List<String> files, @Nullable String from) {
    public HeldOut {
        files = List.copyOf(files);
    }

    /** The keys of rows that begin at a time. */
    record Keys(
            @Doc("The first time of these rows: a date, a date and a time, or a number in quotes; dataset.split.timeBy"
                    + " names the times.")
            String from) {}

    /** Whether the rows are taken out of {@code train}. */
    public boolean isDrawn() {
        return fraction > 0 || from != null;
    }

    /** How messages say it: {@code 0.2}, {@code from 2026-01-31}, or the files. */
    public String shown() {
        if (from != null) {
            return "from " + from;
        }
        return files.isEmpty() ? String.valueOf(fraction) : String.join(", ", files);
    }

    static HeldOut fromYaml(JsonNode value) {
        if (value.isObject()) {
            return new HeldOut(0, List.of(), value.path("from").textValue());
        }
        return value.isNumber()
                ? new HeldOut(value.doubleValue(), List.of(), null)
                : new HeldOut(0, SpecWords.texts(value), null);
    }

    Object toYaml() {
        if (from != null) {
            return Map.of("from", from);
        }
        return files.isEmpty() ? fraction : files;
    }
}
