package io.github.ftmaven.runtime.report;

import io.github.ftmaven.runtime.acceptance.GateResult;
import io.github.ftmaven.runtime.acceptance.Quantity;
import io.github.ftmaven.runtime.acceptance.RuleResult;
import io.github.ftmaven.runtime.acceptance.Verdict;
import io.github.ftmaven.runtime.error.PrintableText;
import io.github.ftmaven.runtime.scores.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The table a build ends with: the metrics of every model, the rules with their verdicts, and the artifact. */
public final class ResultTable {
    private static final int LONGEST_NAME = 30;
    private static final String GREEN = "\u001b[32m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String RED = "\u001b[1;31m";

    private final boolean ansi;
    private final boolean ascii;

    /**
     * Options for the look of the table.
     *
     * @param ansi whether the terminal supports ANSI colours
     * @param ascii whether to use only ASCII
     */
    public ResultTable(boolean ansi, boolean ascii) {
        this.ansi = ansi;
        this.ascii = ascii;
    }

    /** The lines of the table, without line ends, at most about 100 characters wide; numbers are rounded down. */
    public List<String> lines(Scores scores, GateResult gate, ArtifactFile artifact) {
        List<String> lines = new ArrayList<>();
        lines.addAll(metrics(scores));
        lines.add("");
        lines.addAll(rules(gate));
        lines.add("");
        lines.add("  " + PrintableText.line(artifact.path()) + "   " + size(artifact.size()) + "   sha256 "
                + artifact.sha256().substring(0, 12) + plain("…"));
        return lines;
    }

    private List<String> metrics(Scores scores) {
        List<String> providers = Providers.tunedLast(scores);
        boolean compared = Providers.comparedBase(scores).isPresent();

        TextTable table = new TextTable();
        List<String> header = new ArrayList<>(List.of("metric"));
        providers.forEach(provider -> header.add(clip(provider)));
        if (compared) {
            header.add("gain");
        }
        table.add(header);
        for (String metric : Providers.metrics(scores)) {
            List<String> row = new ArrayList<>(List.of(clip(metric)));
            providers.forEach(
                    provider -> row.add(metric(scores.metrics(provider).get(metric))));
            if (compared) {
                row.add(plain(Providers.printGain(scores, metric)));
            }
            table.add(row);
        }
        return underHeader(table.lines());
    }

    private String metric(@Nullable Double value) {
        return value == null ? plain("–") : Quantity.print(Quantity.of(value));
    }

    private List<String> rules(GateResult gate) {
        if (gate.rules().isEmpty()) {
            return List.of("  " + gate.verdict().word() + ": " + gate.message());
        }
        TextTable table = new TextTable();
        List<String> header = new ArrayList<>(RuleCells.HEADER);
        header.replaceAll(cell -> cell.equals("verdict") ? padded(cell) : cell);
        table.add(header);
        for (RuleResult rule : gate.rules()) {
            table.add(row(rule));
        }
        List<String> lines = new ArrayList<>(underHeader(table.lines()));
        for (int i = 0; i < gate.rules().size(); i++) {
            lines.set(
                    i + 1,
                    coloured(lines.get(i + 1).stripTrailing(), gate.rules().get(i)));
        }
        return lines;
    }

    private List<String> row(RuleResult result) {
        RuleCells cells = RuleCells.of(result);
        return Stream.of(
                        clip(cells.rule()),
                        cells.measured(),
                        cells.asked(),
                        cells.interval(),
                        cells.p(),
                        padded(cells.verdict()))
                .map(this::plain)
                .toList();
    }

    private static String clip(String name) {
        return name.codePointCount(0, name.length()) <= LONGEST_NAME ? name : Escape.clip(name, LONGEST_NAME - 1);
    }

    private static String padded(String verdict) {
        return verdict + " ".repeat(Verdict.INCONCLUSIVE.name().length() - verdict.length());
    }

    private List<String> underHeader(List<String> lines) {
        List<String> styled = new ArrayList<>(lines);
        String header = lines.get(0).stripTrailing();
        styled.set(0, ansi ? "\u001b[2m" + header + "\u001b[0m" : header);
        return styled;
    }

    private String coloured(String line, RuleResult result) {
        if (!ansi) {
            return line;
        }
        String colour = result.verdict() == Verdict.PASS ? GREEN : result.failsBuild() ? RED : YELLOW;
        int start = line.length() - result.verdict().word().length();
        return line.substring(0, start) + colour + result.verdict().word() + "\u001b[0m";
    }

    /** Replaces characters beyond ASCII. */
    private String plain(String text) {
        return ascii
                ? text.replace("–", "-").replace("…", "...").replace("≥", ">=").replace("≤", "<=")
                : text;
    }

    private static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        String[] units = {"kB", "MB", "GB", "TB"};
        double value = bytes / 1000.0;
        int unit = 0;
        while (value >= 999.95 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
