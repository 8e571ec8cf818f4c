package io.github.ftmaven.runtime.imports;

/** A program whose configurations can be imported. */
interface ForeignProgram {
    /** Its name. */
    String program();

    /** Whether a configuration is one of this program's. */
    boolean recognizes(ForeignConfig config);

    /**
     * Carries a configuration over.
     *
     * @throws io.github.ftmaven.runtime.error.InvalidInputException if it trains in a way that is not available
     */
    void carry(ForeignConfig config, SpecDraft draft);

    /** The error for a configuration of something other than supervised fine-tuning. */
    static RuntimeException notSupervised(ForeignConfig config, String key, String what) {
        return config.problem(
                key,
                key + ": " + what + ", but only supervised fine-tuning on answers can be imported. Import the"
                        + " configuration of that stage instead.");
    }
}
