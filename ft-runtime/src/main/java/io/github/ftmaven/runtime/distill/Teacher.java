package io.github.ftmaven.runtime.distill;

import io.github.ftmaven.runtime.completions.ChatPlace;
import io.github.ftmaven.runtime.spec.TeacherSpec;

/** Where a teacher is. */
final class Teacher {
    private Teacher() {}

    static ChatPlace place(TeacherSpec teacher) {
        return new ChatPlace(
                teacher.url(),
                "The teacher's server",
                "distill.teacher.url",
                "Check distill.teacher.model, and that distill.teacher.url goes up to and includes /v1.");
    }
}
