package io.github.ftmaven.runtime.spec;

/** Checks of what the texts of a row hold. */
public record ChecksOfTexts(
        @Doc("Special tokens of the base model inside a question, which the model would read as its own marks.")
        CheckLevel specialTokens,

        @Doc("Keys, tokens and passwords of well-known issuers; reports show where, never what.")
        CheckLevel secrets,

        @Doc("E-mail addresses, phone numbers, IBANs and card numbers; reports show where, never what.")
        CheckLevel personalData,

        @Doc("Text that was decoded with the wrong encoding, such as Ã© for é, and replacement characters.")
        CheckLevel encoding,

        @Doc("Rows in another script than nearly all others.")
        CheckLevel scripts) {}
