package io.github.ftmaven.runtime.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A message from a worker to its parent: one JSON object per line of the journal, with its kind under the key {@code
 * event}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(Event.Hello.class),
    @JsonSubTypes.Type(Event.Progress.class),
    @JsonSubTypes.Type(Event.Message.class),
    @JsonSubTypes.Type(Event.Result.class),
    @JsonSubTypes.Type(Event.Stopped.class),
    @JsonSubTypes.Type(Event.Failure.class)
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Event {
    /**
     * The first event of every worker.
     *
     * @param device as requested: {@code cpu} or {@code cuda}
     */
    @JsonTypeName("hello")
    record Hello(int protocol, long pid, String djl, String libtorch, String device, int threads) implements Event {}

    /**
     * The progress of the work.
     *
     * @param phase the current activity, as a title: {@code Training}
     * @param step steps done, from 0 to {@code steps}
     * @param loss mean loss per supervised token of the last step, in nats
     * @param tokensPerSecond tokens read or written per second
     * @param secondsLeft the estimated time until this phase ends
     * @param rate how fast steps are done, if they are not tokens
     */
    @JsonTypeName("progress")
    record Progress(
            String phase,
            long step,
            long steps,
            @Nullable Double loss,
            @Nullable Double tokensPerSecond,
            @Nullable Double secondsLeft,
            @Nullable Rate rate)
            implements Event {
        /** Requires the phase. */
        public Progress {
            Objects.requireNonNull(phase, "phase");
        }

        /** Progress without a rate of its own. */
        public Progress(
                String phase,
                long step,
                long steps,
                @Nullable Double loss,
                @Nullable Double tokensPerSecond,
                @Nullable Double secondsLeft) {
            this(phase, step, steps, loss, tokensPerSecond, secondsLeft, null);
        }
    }

    /**
     * How fast steps are done.
     *
     * @param unit what a step is, such as {@code MB}
     */
    record Rate(String unit, double perSecond) {
        /** Requires the unit. */
        public Rate {
            Objects.requireNonNull(unit, "unit");
        }
    }

    /** A sentence for the build log. */
    @JsonTypeName("message")
    record Message(Level level, String text) implements Event {
        /** Requires both. */
        public Message {
            Objects.requireNonNull(level, "level");
            Objects.requireNonNull(text, "text");
        }
    }

    /** The level of a {@link Message}. */
    enum Level {
        INFO,
        WARN
    }

    /** The last event of a worker that succeeded, with the result of its task. */
    @JsonTypeName("result")
    record Result(Map<String, Object> fields) implements Event {
        /** Requires the fields. */
        public Result {
            Objects.requireNonNull(fields, "fields");
        }
    }

    /** The last event of a worker that stopped on request. The text says what it saved and how to resume. */
    @JsonTypeName("stopped")
    record Stopped(String text) implements Event {}

    /** The last event of a worker that failed. */
    @JsonTypeName("error")
    record Failure(Kind kind, String text) implements Event {
        /** Requires both. */
        public Failure {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(text, "text");
        }
    }

    /** The kind of error. */
    enum Kind {
        /** An error in the user's input; the text says how to fix it. */
        INPUT,
        /** Anything else; the stack trace is in the worker's log. */
        INTERNAL
    }
}
