package io.github.ftmaven.plugin.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ftmaven.plugin.UnavailableException;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Released;
import io.github.ftmaven.plugin.repository.ReleasedAdapters.Wanted;
import io.github.ftmaven.runtime.error.InvalidInputException;
import io.github.ftmaven.runtime.files.Directories;
import io.github.ftmaven.runtime.fuzz.FuzzedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.repository.RemoteRepository;

/** {@code maven-metadata.xml} of the released adapters, as a repository has it. */
class MetadataFuzzTest extends FuzzedReader {
    private final RepositorySystem system = TestResolver.system();
    private final ReleasedAdapters adapters = new ReleasedAdapters(system);
    private final ReleasedAdapters.Listener silent = new ReleasedAdapters.Listener() {
        @Override
        public void asked(String sentence) {}

        @Override
        public void none(String reason) {}

        @Override
        public void passedOver(String sentence) {}

        @Override
        public void altered(String sentence) {}

        @Override
        public void unavailable(String sentence) {}
    };

    MetadataFuzzTest() {
        super("maven-metadata");
    }

    @Override
    protected List<byte[]> seeds() {
        return List.of("""
                <?xml version="1.0" encoding="UTF-8"?>
                <metadata modelVersion="1.1.0">
                  <groupId>it</groupId>
                  <artifactId>adapter</artifactId>
                  <versioning>
                    <latest>1.1</latest>
                    <release>1.1</release>
                    <versions>
                      <version>1.0</version>
                      <version>1.1</version>
                      <version>1.2-SNAPSHOT</version>
                    </versions>
                    <lastUpdated>20260101000000</lastUpdated>
                  </versioning>
                </metadata>
                """.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    protected void read(byte[] input) throws Exception {
        MavenRepository releases = new MavenRepository(directory.resolve("releases"));
        if (!Files.exists(releases.file("1.1"))) {
            releases.release("1.0", "", "one").release("1.1", "", "two");
            Files.delete(releases.file("maven-metadata.xml.sha1"));
        }
        Files.write(releases.file("maven-metadata.xml"), input);
        Path local = directory.resolve("local");
        Directories.delete(local);
        RemoteRepository remote = new RemoteRepository.Builder(
                        "releases",
                        "default",
                        directory.resolve("releases").toUri().toString())
                .build();
        try {
            Optional<Released> last = adapters.last(
                    new ReleaseRepositories(List.of(), List.of(remote), List.of()),
                    TestResolver.session(system, local),
                    new Wanted("it", "adapter", "", "2.0", null, false),
                    silent);
            last.ifPresent(found ->
                    assertThat(found.file().normalize()).startsWith(local).isRegularFile());
        } catch (UnavailableException e) {
            throw new InvalidInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
