package io.github.ftmaven.runtime.completions;

import io.github.ftmaven.runtime.spec.BudgetSpec;
import io.github.ftmaven.runtime.spec.TokenPrice;

/**
 * What a run has spent, and what requests on their way may cost at most. A request that got lost counts in full: the
 * server may have answered it. Safe for several threads.
 */
public final class Spending {
    private final BudgetSpec budget;
    private long requests;
    private long input;
    private long output;
    private double reserved;
    private double spent;
    private boolean exhausted;

    /** Prepares to spend at most a budget. */
    public Spending(BudgetSpec budget) {
        this.budget = budget;
    }

    /** The price of a request; 0 if no price is known. */
    public double price(long inputTokens, long outputTokens) {
        TokenPrice price = budget.price();
        return price == null ? 0 : price.of(inputTokens, outputTokens);
    }

    /** Counts a request that may cost as much; false if the budget does not allow it. */
    synchronized boolean reserve(double most) {
        boolean tooMany = budget.maxRequests() != null && requests >= budget.maxRequests();
        boolean tooMuch = budget.maxPrice() != null && spent + reserved + most > budget.maxPrice() + 1e-9;
        if (tooMany || tooMuch) {
            exhausted = true;
            return false;
        }
        requests++;
        reserved += most;
        return true;
    }

    /** Takes a request back that cost nothing. */
    synchronized void release(double most) {
        requests--;
        reserved -= most;
    }

    /** Replaces what a request may cost with what it did. */
    synchronized void settle(double most, ChatAnswer.Usage usage) {
        if (usage.told()) {
            reserved -= most;
            spent += price(usage.input(), usage.output());
            input += usage.input();
            output += usage.output();
        }
    }

    /** Whether a request was not allowed. */
    public synchronized boolean isExhausted() {
        return exhausted;
    }

    /** The requests that the server answered or may have answered. */
    public synchronized long requests() {
        return requests;
    }

    /** The tokens that were sent, as the server counted them. */
    public synchronized long input() {
        return input;
    }

    /** The tokens that were received, as the server counted them. */
    public synchronized long output() {
        return output;
    }

    /** The most that all requests so far can have cost. */
    public synchronized double most() {
        return spent + Math.max(0, reserved);
    }
}
