package io.github.ftmaven.plugin.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserHomeTest {
    @TempDir
    Path directory;

    @Test
    void whoHasNoneKeepsThingsBesideTheLocalRepository() {
        File repository = new File("repository").getAbsoluteFile();
        // Maven makes a relative path one of the project's.
        File ofMaven = directory.resolve("?/.m2/ft-cache").toFile();
        assertThat(UserHome.cache(ofMaven, () -> repository, "?")).isEqualTo(new File(repository, ".cache/ft"));
        File named = directory.resolve("named").toFile();
        assertThat(UserHome.cache(named, () -> repository, "?")).isEqualTo(named);
    }

    @Test
    void whoHasOneKeepsThemThere() {
        File home = directory.resolve(".m2/ft-cache").toFile();
        assertThat(UserHome.cache(home, () -> new File("repository"), directory.toString()))
                .isEqualTo(home);
    }
}
