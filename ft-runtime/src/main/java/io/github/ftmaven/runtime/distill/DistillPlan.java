package io.github.ftmaven.runtime.distill;

import io.github.ftmaven.runtime.completions.ChatRequest;
import io.github.ftmaven.runtime.error.Counted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.spec.DistillSpec;
import io.github.ftmaven.runtime.spec.TokenPrice;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run would ask and cost.
 *
 * @param prompts the numbers of prompts
 * @param inputTokens an estimate of the tokens to send
 * @param outputTokens the most tokens to receive
 */
record DistillPlan(DistillSpec spec, Counts prompts, long inputTokens, long outputTokens) {
    private static final int SHOWN_DIGITS = 4;

    /**
     * The numbers of prompts.
     *
     * @param all different prompts without an answer of their own
     * @param repeated prompts that repeat an earlier one
     * @param complete rows with an answer of their own
     * @param dropped prompts left out because a test row asks the same
     * @param known prompts that the teacher answered earlier
     * @param open prompts to ask
     */
    record Counts(int all, int repeated, int complete, int dropped, int known, int open) {}

    /** The most that the run may cost; 0 without a price. */
    double most() {
        TokenPrice price = spec.budget().price();
        return price == null ? 0 : price.of(inputTokens, outputTokens);
    }

    /** The plan in lines. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        StringBuilder first = new StringBuilder(Counted.of(prompts.all, "prompt"));
        add(first, prompts.repeated, " repeated");
        add(first, prompts.complete, " with an answer of its own", " with answers of their own");
        add(first, prompts.dropped, " dropped because a test row asks the same");
        lines.add(first.toString());
        lines.add(Counted.of(prompts.known, "prompt") + " asked earlier, " + number(prompts.open) + " to ask: "
                + spec.teacher().model() + " at "
                + Teacher.place(spec.teacher()).server());
        if (prompts.open > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "about %,d tokens to send (estimated, %d bytes a token), at most %,d to receive (%,d an answer)",
                    inputTokens,
                    ChatRequest.BYTES_PER_TOKEN,
                    outputTokens,
                    spec.teacher().longestAnswer()));
            lines.add(bound());
        }
        return lines;
    }

    private String bound() {
        TokenPrice price = spec.budget().price();
        Double most = spec.budget().maxPrice();
        Integer requests = spec.budget().maxRequests();
        return (price == null
                        ? "no price is set"
                        : "at most " + money(most()) + ", at " + money(price.input()) + " and " + money(price.output())
                                + " for a million tokens")
                + (most == null ? "" : "; distill.maxPrice is " + money(most))
                + (requests == null ? "" : "; distill.maxRequests is " + number(requests));
    }

    /**
     * Checks the run against its bounds.
     *
     * @throws InvalidInputException if it may exceed one
     */
    void require() {
        Double price = spec.budget().maxPrice();
        if (price != null && most() > price) {
            throw new InvalidInputException("distill.maxPrice: the answers to " + Counted.of(prompts.open, "prompt")
                    + " may cost " + money(most()) + ", but " + money(price)
                    + " is the most. Nothing was asked. Raise it, lower distill.teacher.maxTokens, or name fewer"
                    + " prompts.");
        }
        Integer requests = spec.budget().maxRequests();
        if (requests != null && prompts.open > requests) {
            throw new InvalidInputException("distill.maxRequests: there are " + Counted.of(prompts.open, "prompt")
                    + " to ask, but " + number(requests)
                    + " is the most. Nothing was asked. Raise it, or name fewer prompts.");
        }
    }

    /** An amount of money without needless digits. */
    static String money(double amount) {
        BigDecimal rounded = BigDecimal.valueOf(amount)
                .setScale(SHOWN_DIGITS, RoundingMode.UP)
                .stripTrailingZeros();
        return rounded.setScale(Math.max(2, rounded.scale()), RoundingMode.UNNECESSARY)
                .toPlainString();
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static void add(StringBuilder line, int count, String text) {
        add(line, count, text, text);
    }

    private static void add(StringBuilder line, int count, String one, String many) {
        if (count > 0) {
            line.append("; ").append(number(count)).append(count == 1 ? one : many);
        }
    }
}
