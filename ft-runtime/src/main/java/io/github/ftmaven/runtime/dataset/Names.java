package io.github.ftmaven.runtime.dataset;

import io.github.ftmaven.runtime.chat.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Roles as files write them. */
final class Names {
    static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Names::of).toList();

    private Names() {}

    static String of(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    static Optional<Role> role(String name) {
        return Arrays.stream(Role.values())
                .filter(role -> of(role).equals(name))
                .findFirst();
    }
}
