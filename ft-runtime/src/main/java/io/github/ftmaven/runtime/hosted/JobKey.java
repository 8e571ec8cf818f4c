package io.github.ftmaven.runtime.hosted;

/**
 * The key of a training's stamp, which is the name of its job.
 *
 * @param stamp hexadecimal
 */
record JobKey(String stamp) {
    private static final int DIGITS = 32;

    /** The suffix of the model's name: short enough for every service, and long enough to be the only one. */
    String suffix() {
        return "ft-" + stamp.substring(0, Math.min(DIGITS, stamp.length()));
    }

    /** Whether a text that the service keeps with a job is about this key. */
    boolean isIn(String text) {
        return text.equals(stamp) || text.contains(suffix());
    }
}
