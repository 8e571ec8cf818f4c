package io.github.ftmaven.runtime.statistics;

/** A range that an unknown quantity lies in; {@link Evidence#interval} says how surely. */
public record Interval(double low, double high) {
    Interval negated() {
        return new Interval(-high, -low);
    }
}
