package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.ftmaven.runtime.spec.NodeReader.Place;
import java.math.BigDecimal;
import java.util.Map;

/** Checks that validation and test rows can be drawn as the spec says. */
final class SplitRules {
    private static final String SPLIT = "dataset.split";
    private static final String TEST = "dataset.test";
    private static final String VALIDATION = "dataset.validation";

    private final JsonNode spec;
    private final Map<String, Place> places;
    private final Problems problems;

    SplitRules(JsonNode spec, Map<String, Place> places, Problems problems) {
        this.spec = spec;
        this.places = places;
        this.problems = problems;
    }

    void check() {
        if (problems.touch(TEST) || problems.touch(VALIDATION) || problems.touch(SPLIT)) {
            return;
        }
        somethingIsLeftToLearn();
        aSplitDrawsRows();
        labelsAreDrawnByThemselves();
        timesAreNotDrawn();
        aBorderNeedsTimes();
    }

    private void somethingIsLeftToLearn() {
        BigDecimal test = fraction("/dataset/test");
        BigDecimal validation = fraction("/dataset/validation");
        if (test.add(validation).compareTo(BigDecimal.ONE) >= 0) {
            add(
                    places.containsKey(VALIDATION) ? VALIDATION : TEST,
                    "dataset.test: " + test + " and dataset.validation: " + validation
                            + " are fractions of train and leave nothing to learn; their sum must be less than 1");
        }
    }

    private void aSplitDrawsRows() {
        if (has("") && !isDrawn("/dataset/test") && !isDrawn("/dataset/validation")) {
            add(
                    SPLIT,
                    SPLIT + " has no effect, because no rows are drawn; set dataset.test or dataset.validation to a"
                            + " fraction of train, or remove it");
        }
    }

    private void labelsAreDrawnByThemselves() {
        for (String other : new String[] {"groupBy", "timeBy"}) {
            if (has("/stratifyBy") && has("/" + other)) {
                add(
                        SPLIT + ".stratifyBy",
                        SPLIT + ".stratifyBy draws questions of each label, but " + SPLIT + "." + other
                                + (other.equals("groupBy") ? " keeps whole groups together" : " takes the newest")
                                + "; remove one of them");
            }
        }
    }

    private void timesAreNotDrawn() {
        if (has("/timeBy") && has("/seed")) {
            add(
                    SPLIT + ".seed",
                    SPLIT + ".seed has no effect beside " + SPLIT + ".timeBy, which draws nothing at random;"
                            + " remove it");
        }
    }

    private void aBorderNeedsTimes() {
        for (String key : new String[] {TEST, VALIDATION}) {
            if (!has("/timeBy") && spec.at("/" + key.replace('.', '/')).isObject()) {
                add(key + ".from", key + ".from needs the times of rows; name their key in " + SPLIT + ".timeBy");
            }
        }
    }

    private BigDecimal fraction(String pointer) {
        JsonNode value = spec.at(pointer);
        return value.isNumber() ? new BigDecimal(String.valueOf(value.doubleValue())) : BigDecimal.ZERO;
    }

    private boolean isDrawn(String pointer) {
        return spec.at(pointer).isObject() || fraction(pointer).signum() > 0;
    }

    private boolean has(String key) {
        JsonNode value = spec.at("/dataset/split" + key);
        return !value.isNull() && !value.isMissingNode();
    }

    private void add(String path, String text) {
        Place place = places.get(path);
        if (place != null && !problems.touch(path)) {
            problems.add(place.key(), path, text);
        }
    }
}
