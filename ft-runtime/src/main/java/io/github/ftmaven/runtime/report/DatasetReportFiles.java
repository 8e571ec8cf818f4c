package io.github.ftmaven.runtime.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.checks.CheckResult;
import io.github.ftmaven.runtime.checks.Finding;
import io.github.ftmaven.runtime.checks.Sighting;
import io.github.ftmaven.runtime.dataset.DatasetProfile;
import io.github.ftmaven.runtime.dataset.Split;
import io.github.ftmaven.runtime.dataset.SplitReport;
import io.github.ftmaven.runtime.dataset.TokenLengths;
import io.github.ftmaven.runtime.files.AtomicFile;
import io.github.ftmaven.runtime.files.JsonFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The report of a dataset: {@code report.html} for people, {@code report.json} for programs. */
public final class DatasetReportFiles {
    private static final int FORMAT_VERSION = 1;

    private DatasetReportFiles() {}

    /** Writes both files into a directory; the same profile gives the same bytes. */
    public static void write(Path directory, DatasetProfile profile) throws IOException {
        AtomicFile.write(
                directory.resolve("report.html"), DatasetPage.render(profile).getBytes(StandardCharsets.UTF_8));
        JsonFile.write(directory.resolve("report.json"), json(profile));
    }

    static ObjectNode json(DatasetProfile profile) {
        ObjectNode json = JsonFile.object().put("formatVersion", FORMAT_VERSION);
        ObjectNode splits = json.putObject("splits");
        for (Split split : Split.values()) {
            SplitReport report = profile.report().split(split);
            splits.putObject(split.label())
                    .put("rows", report.rows())
                    .put("dropped", report.dropped())
                    .put("tokens", report.lengths().tokens())
                    .put("supervisedTokens", report.lengths().supervisedTokens())
                    .put("longest", report.lengths().longest());
        }
        json.putObject("limit")
                .put("tokens", profile.limit().tokens())
                .put("origin", profile.limit().origin());
        ObjectNode lengths = json.putObject("lengths");
        histogram(lengths.putObject("example"), profile, TokenLengths::whole);
        histogram(lengths.putObject("prompt"), profile, TokenLengths::prompt);
        histogram(lengths.putObject("answer"), profile, TokenLengths::answer);
        ArrayNode labels = json.putArray("labels");
        profile.labels()
                .forEach(label -> labels.addObject()
                        .put("label", label.label())
                        .put("train", label.train())
                        .put("validation", label.validation())
                        .put("test", label.test()));
        ArrayNode checks = json.putArray("checks");
        profile.checks().forEach(result -> check(checks.addObject(), result));
        return json;
    }

    private static void histogram(ObjectNode json, DatasetProfile profile, ToIntFunction<TokenLengths> measure) {
        TokenHistogram histogram = TokenHistogram.of(profile.lengths(), measure);
        json.put("longest", histogram.longest()).put("tokensPerBin", histogram.width());
        histogram.counts().forEach((split, counts) -> {
            ArrayNode bins = json.putArray(split.label());
            counts.forEach(bins::add);
        });
    }

    private static void check(ObjectNode json, CheckResult result) {
        json.put("check", result.check()).put("level", result.level().name().toLowerCase(Locale.ROOT));
        ArrayNode findings = json.putArray("findings");
        for (Finding finding : result.findings()) {
            ObjectNode each = findings.addObject();
            each.put("what", finding.what()).put("count", finding.count());
            ArrayNode first = each.putArray("first");
            for (Sighting sighting : finding.first()) {
                ObjectNode place = first.addObject();
                ArrayNode sources = place.putArray("sources");
                sighting.sources().forEach(sources::add);
                ArrayNode texts = place.putArray("texts");
                sighting.texts().forEach(texts::add);
                if (!sighting.note().isEmpty()) {
                    place.put("note", sighting.note());
                }
            }
        }
    }
}
