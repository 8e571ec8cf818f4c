package io.github.ftmaven.runtime.statistics;

/** A range that contains an unknown quantity; see {@link Evidence#interval} for the probability. */
public record Interval(double low, double high) {
    Interval negated() {
        return new Interval(-high, -low);
    }
}
