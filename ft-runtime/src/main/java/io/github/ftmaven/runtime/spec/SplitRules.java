package io.github.ftmaven.runtime.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** Checks that validation and test rows can be drawn as the spec says. */
final class SplitRules {
    private static final String SPLIT = "dataset.split";
    private static final String TEST = "dataset.test";
    private static final String VALIDATION = "dataset.validation";

    private final SpecKeys keys;

    SplitRules(SpecKeys keys) {
        this.keys = keys;
    }

    void check() {
        if (keys.isWrong(TEST) || keys.isWrong(VALIDATION) || keys.isWrong(SPLIT)) {
            return;
        }
        somethingIsLeftToLearn();
        aSplitDrawsRows();
        labelsAreDrawnByThemselves();
        timesAreNotDrawn();
        aBorderNeedsTimes();
    }

    private void somethingIsLeftToLearn() {
        BigDecimal test = fraction(TEST);
        BigDecimal validation = fraction(VALIDATION);
        if (test.add(validation).compareTo(BigDecimal.ONE) >= 0) {
            keys.refuseKey(
                    keys.isWritten(VALIDATION) ? VALIDATION : TEST,
                    "dataset.test: " + test + " and dataset.validation: " + validation
                            + " are fractions of train and leave nothing to learn; their sum must be less than 1");
        }
    }

    private void aSplitDrawsRows() {
        if (!keys.at(SPLIT).isNull() && !isDrawn(TEST) && !isDrawn(VALIDATION)) {
            keys.refuseKey(
                    SPLIT,
                    SPLIT + " has no effect, because no rows are drawn; set dataset.test or dataset.validation to a"
                            + " fraction of train, or remove it");
        }
    }

    private void labelsAreDrawnByThemselves() {
        for (String other : new String[] {"groupBy", "timeBy"}) {
            if (has("stratifyBy") && has(other)) {
                keys.refuseKey(
                        SPLIT + ".stratifyBy",
                        SPLIT + ".stratifyBy draws questions of each label, but " + SPLIT + "." + other
                                + (other.equals("groupBy") ? " keeps whole groups together" : " takes the newest")
                                + "; remove one of them");
            }
        }
    }

    private void timesAreNotDrawn() {
        if (has("timeBy") && has("seed")) {
            keys.refuseKey(
                    SPLIT + ".seed",
                    SPLIT + ".seed has no effect beside " + SPLIT + ".timeBy, which draws nothing at random;"
                            + " remove it");
        }
    }

    private void aBorderNeedsTimes() {
        for (String key : new String[] {TEST, VALIDATION}) {
            if (!has("timeBy") && keys.at(key).isObject()) {
                keys.refuseKey(
                        key + ".from", key + ".from needs the times of rows; name their key in " + SPLIT + ".timeBy");
            }
        }
    }

    private BigDecimal fraction(String key) {
        JsonNode value = keys.at(key);
        return value.isNumber() ? new BigDecimal(String.valueOf(value.doubleValue())) : BigDecimal.ZERO;
    }

    private boolean isDrawn(String key) {
        return keys.at(key).isObject() || fraction(key).signum() > 0;
    }

    private boolean has(String key) {
        return !keys.at(SPLIT + "." + key).isNull();
    }
}
