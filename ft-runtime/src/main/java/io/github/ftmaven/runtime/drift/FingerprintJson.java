package io.github.ftmaven.runtime.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.ftmaven.runtime.drift.Fingerprint.DataFile;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.JsonFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A fingerprint as JSON: {@code fingerprint.json} beside a dataset and in an adapter's jar. */
public final class FingerprintJson {
    /** The file's name. */
    public static final String FILE = "fingerprint.json";

    private static final int FORMAT_VERSION = 1;
    private static final int MOST = 1_000_000_000;

    private FingerprintJson() {}

    /** The JSON; equal fingerprints give equal JSON. */
    public static ObjectNode json(Fingerprint fingerprint) {
        ObjectNode json = JsonFile.object().put("formatVersion", FORMAT_VERSION).put("rows", fingerprint.rows());
        ArrayNode files = json.putArray("files");
        fingerprint
                .files()
                .forEach(file -> files.addObject()
                        .put("file", file.name())
                        .put("rows", file.rows())
                        .put("sha256", file.sha256()));
        ObjectNode labels = json.putObject("labels");
        fingerprint.labels().forEach(labels::put);
        json.putObject("lengths")
                .put("question", fingerprint.questions().text())
                .put("answer", fingerprint.answers().text());
        json.putObject("vocabulary")
                .put("buckets", fingerprint.vocabulary().size())
                .put("rows", fingerprint.vocabulary().text());
        return json;
    }

    /**
     * Reads a fingerprint.
     *
     * @param shown where it is, for messages
     * @param advice one sentence: what the user can do when it cannot be read
     * @throws InvalidInputException if it is not one
     */
    public static Fingerprint parse(String shown, byte[] bytes, String advice) {
        return parse(shown, JsonFile.parse(shown, bytes, advice), advice);
    }

    /** The same for JSON that is read already. */
    public static Fingerprint parse(String shown, ObjectNode json, String advice) {
        try {
            return parse(json);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    shown + ": not a fingerprint of a dataset: " + e.getMessage() + ". " + advice, e);
        }
    }

    private static Fingerprint parse(JsonNode json) {
        if (json.path("formatVersion").asInt() != FORMAT_VERSION) {
            throw new InvalidInputException(
                    "its format is not " + FORMAT_VERSION + ", the one that this version reads");
        }
        List<DataFile> files = new ArrayList<>();
        for (JsonNode file : json.path("files")) {
            files.add(new DataFile(text(file, "file"), count(file, "rows"), text(file, "sha256")));
        }
        SortedMap<String, Integer> labels = new TreeMap<>();
        for (Map.Entry<String, JsonNode> label : json.path("labels").properties()) {
            labels.put(label.getKey(), count(json.path("labels"), label.getKey()));
        }
        if (count(json.path("vocabulary"), "buckets") != Sketch.BUCKETS) {
            throw new InvalidInputException("its vocabulary does not have " + Sketch.BUCKETS + " buckets");
        }
        return new Fingerprint(
                count(json, "rows"),
                files,
                labels,
                Counts.parse(text(json.path("lengths"), "question"), LengthBins.SIZE),
                Counts.parse(text(json.path("lengths"), "answer"), LengthBins.SIZE),
                Counts.parse(text(json.path("vocabulary"), "rows"), Sketch.BUCKETS));
    }

    private static String text(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isTextual()) {
            throw new InvalidInputException("the text " + key + " is missing");
        }
        return value.textValue();
    }

    private static int count(JsonNode json, String key) {
        JsonNode value = json.path(key);
        if (!value.isInt() || value.intValue() < 0 || value.intValue() > MOST) {
            throw new InvalidInputException("the number " + key + " is missing");
        }
        return value.intValue();
    }
}
