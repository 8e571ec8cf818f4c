package io.github.ftmaven.parquet;

import io.github.ftmaven.runtime.dataset.RowFormat;
import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;

/** Reads Parquet as pyarrow and the {@code datasets} library write it. One page of each column is in memory at a time. */
public final class ParquetRows implements RowFormat {
    /** For {@link java.util.ServiceLoader}. */
    public ParquetRows() {}

    @Override
    public String ending() {
        return ".parquet";
    }

    @Override
    public void read(Path file, String shown, Consumer<StoredRow> receiver) throws IOException {
        try (ParquetFile parquet = ParquetFile.open(file, shown)) {
            RowConversion conversion = guarded(shown, 0, () -> RowConversion.of(parquet.metadata()));
            FileRows rows = new FileRows(parquet, conversion.schema().type());
            for (long before = 0; ; before++) {
                Optional<Group> row = guarded(shown, before, rows::next);
                if (row.isEmpty()) {
                    return;
                }
                receiver.accept(source -> conversion.json(source, row.get()));
            }
        }
    }

    /** A step of reading. */
    private interface Step<T> {
        T run() throws IOException;
    }

    /** The libraries meet damage with exceptions of many kinds, and sizes that make no sense with a lack of memory. */
    private static <T> T guarded(String shown, long before, Step<T> step) throws IOException {
        try {
            return step.run();
        } catch (InvalidInputException e) {
            throw e;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (DamagedException e) {
            throw damaged(shown, before, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | StackOverflowError e) {
            throw damaged(shown, before, "what follows cannot be decoded", e);
        } catch (OutOfMemoryError e) {
            throw damaged(shown, before, "it asks for more memory than there is (-Dft.argLine=-Xmx…)", e);
        }
    }

    private static InvalidInputException damaged(String shown, long before, String reason, Throwable e) {
        String place = before == 0 ? "" : " after row " + before;
        return new InvalidInputException(
                shown + ": is not a Parquet file, or is damaged" + place + ": " + reason + ". Get it again.", e);
    }
}
