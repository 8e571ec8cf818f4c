package io.github.ftmaven.runtime.adapter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.error.Json;
import io.github.ftmaven.runtime.error.JsonProblem;
import io.github.ftmaven.runtime.files.Digests;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * {@code evaluation/seal.json}: the sealed adapter, its coordinates and verdict, and the digests of the files that
 * sealing added. It reveals later changes, even if nobody checks the repository's checksums. It does not protect
 * against forgery: whoever can write a jar can also write a matching seal.
 *
 * @param formatVersion {@value #FORMAT_VERSION}; or {@value #WITHOUT_COORDINATES}, which has neither coordinates nor
 *     verdict
 * @param coordinates {@code groupId:artifactId:version}; null in the older version if the jar's bill of materials does
 *     not name them
 * @param adapter the digest of the adapter's content
 * @param files the digests of the files that sealing added
 */
public record Seal(int formatVersion, @Nullable String coordinates, String adapter, SortedMap<String, String> files) {
    /** The version that is written. */
    public static final int FORMAT_VERSION = 3;

    /** The seal's name among an adapter's files. */
    public static final String FILE = PackagedAdapter.EVALUATION + "seal.json";

    private static final int WITHOUT_COORDINATES = 2;
    private static final String BILL = "bom.json";

    private static final JsonMapper MAPPER = Json.strict();

    /**
     * Verifies a sealed adapter in its own jar, which must not hold anything else.
     *
     * @param display the jar's name in messages
     * @param advice what the user can do if verification fails, in one sentence
     * @throws InvalidInputException if it is not sealed or was changed since
     */
    public static Seal verify(PackagedAdapter adapter, String display, String advice) throws IOException {
        Seal seal = verifyAmongOthers(adapter, display, advice);
        try {
            adapter.requireNothingElse();
        } catch (InvalidInputException e) {
            throw new InvalidInputException(e.getMessage() + " " + advice, e);
        }
        return seal;
    }

    /** The same for an adapter in a jar that may hold other things, such as one on the class path. */
    static Seal verifyAmongOthers(PackagedAdapter adapter, String display, String advice) throws IOException {
        Seal seal = read(adapter, display, advice);
        requireSame(display, "the adapter", seal.adapter, adapter.digest(), advice);
        for (Map.Entry<String, String> file : seal.files.entrySet()) {
            requireSame(
                    display,
                    file.getKey(),
                    file.getValue(),
                    Digests.sha256(required(adapter, display, file.getKey(), advice)),
                    advice);
        }
        TreeSet<String> added = new TreeSet<>(adapter.everything());
        added.removeIf(name -> !name.startsWith(PackagedAdapter.EVALUATION) || name.equals(FILE));
        if (adapter.isCardMarked()) {
            added.add(PackagedAdapter.CARD);
        }
        added.removeAll(seal.files.keySet());
        if (!added.isEmpty()) {
            throw new InvalidInputException(
                    display + ": " + added.first() + " is not one of the files that ft:check sealed. " + advice);
        }
        if (seal.coordinates != null && !seal.coordinates.startsWith(adapter.coordinates() + ":")) {
            throw new InvalidInputException(display + ": holds " + adapter.coordinates() + ", but was sealed as "
                    + seal.coordinates + ". " + advice);
        }
        return seal;
    }

    /**
     * Rejects the seal of an adapter that was released under other coordinates.
     *
     * @param expected {@code groupId:artifactId:version}
     */
    public void requireCoordinates(PackagedAdapter adapter, String display, String expected, String advice) {
        String sealed = coordinates == null ? adapter.coordinates() : coordinates;
        // A seal of the older version may lack a version.
        String comparable =
                coordinates == null ? expected.substring(0, Math.max(0, expected.lastIndexOf(':'))) : expected;
        if (!sealed.equals(comparable)) {
            throw new InvalidInputException(display + ": ft:check sealed this adapter as " + sealed + ", so it is not "
                    + expected + ". " + advice);
        }
    }

    private static Seal read(PackagedAdapter adapter, String display, String advice) throws IOException {
        String file = display + "!/" + FILE;
        byte[] bytes = required(adapter, display, FILE, advice);
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new InvalidInputException(
                    file + JsonProblem.of(e).position() + ": not valid JSON: "
                            + JsonProblem.of(e).text() + ". " + advice,
                    e);
        } catch (IOException e) {
            throw new InvalidInputException(file + ": not valid JSON. " + advice, e);
        }
        int version = json.path("formatVersion").intValue();
        if (version != FORMAT_VERSION && version != WITHOUT_COORDINATES) {
            throw new InvalidInputException(file + ": was written by another version of this plugin. " + advice);
        }
        SortedMap<String, String> files = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : json.path("files").properties()) {
            files.put(each.getKey(), each.getValue().asText());
        }
        String coordinates = json.path("coordinates").textValue();
        if (version == FORMAT_VERSION && coordinates == null) {
            throw new InvalidInputException(file + ": names no coordinates. " + advice);
        }
        return new Seal(
                version,
                version == FORMAT_VERSION ? coordinates : ofTheBill(adapter),
                json.path("adapter").asText(),
                files);
    }

    /** The coordinates in the jar's bill of materials, which is part of the sealed content. */
    private static @Nullable String ofTheBill(PackagedAdapter adapter) throws IOException {
        byte[] bill = adapter.read(BILL).orElse(null);
        if (bill == null) {
            return null;
        }
        try {
            JsonNode component = MAPPER.readTree(bill).path("metadata").path("component");
            return component.path("group").isTextual()
                            && component.path("name").isTextual()
                            && component.path("version").isTextual()
                    ? component.path("group").textValue() + ":"
                            + component.path("name").textValue() + ":"
                            + component.path("version").textValue()
                    : null;
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] required(PackagedAdapter adapter, String display, String name, String advice)
            throws IOException {
        return adapter.read(name)
                .orElseThrow(() -> new InvalidInputException(
                        display + ": holds no " + name + ", so ft:check did not seal it. " + advice));
    }

    private static void requireSame(String display, String what, String sealed, String found, String advice) {
        if (!sealed.equals(found)) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%s: %s changed since ft:check sealed it (sha256 %.12s, now %.12s): it was altered or damaged. %s",
                    display,
                    what,
                    sealed,
                    found,
                    advice));
        }
    }
}
