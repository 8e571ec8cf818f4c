package io.github.ftmaven.runtime.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a worker tells its parent: one JSON object a line of the journal, its kind under the key {@code event}. */
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
     * How far the work is.
     *
     * @param phase what is being done, as a title: {@code Training}
     * @param step steps done, from 0 to {@code steps}
     * @param loss mean loss a supervised token of the last step, in nats
     * @param tokensPerSecond tokens read or written a second
     * @param secondsLeft the estimate until this phase ends
     */
    @JsonTypeName("progress")
    record Progress(
            String phase,
            long step,
            long steps,
            @Nullable Double loss,
            @Nullable Double tokensPerSecond,
            @Nullable Double secondsLeft)
            implements Event {
        /** Requires the phase. */
        public Progress {
            Objects.requireNonNull(phase, "phase");
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

    /** How loud a {@link Message} is. */
    enum Level {
        INFO,
        WARN
    }

    /** The last event of a worker that succeeded, with what its task returned. */
    @JsonTypeName("result")
    record Result(Map<String, Object> fields) implements Event {
        /** Requires the fields. */
        public Result {
            Objects.requireNonNull(fields, "fields");
        }
    }

    /** The last event of a worker that stopped on request: what it saved and how to go on, as sentences. */
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

    /** Whose error it is. */
    enum Kind {
        /** Something the user wrote or supplied; the text says what to do about it. */
        INPUT,
        /** Anything else; the stack trace is in the worker's log. */
        INTERNAL
    }
}
