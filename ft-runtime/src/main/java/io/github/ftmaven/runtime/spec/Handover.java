package io.github.ftmaven.runtime.spec;

/** What a service does with the weights that it trained. */
public enum Handover {
    /** It gives them back, so they are packaged and evaluated here. */
    RETURNED,
    /** It keeps them, so a pointer to them is packaged, and the service answers the questions of the evaluation. */
    KEPT
}
