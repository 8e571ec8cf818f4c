package io.github.ftmaven.runtime.distill;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The teacher cannot be asked any further. The message is for the user, and holds no key. */
public final class TeacherException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the error. */
    TeacherException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
