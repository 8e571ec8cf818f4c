package io.github.ftmaven.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ftmaven.runtime.error.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    @TempDir
    Path directory;

    @Test
    void readsEveryTypeThatThePythonLibraryWrites() {
        SafetensorsFile file = SafetensorsFile.open(TestModels.resource("/safetensors/mixed.safetensors"), "mixed");
        assertThat(file.metadata()).isEqualTo(Map.of("format", "pt"));
        assertThat(file.tensors().values()).extracting(TensorInfo::dtype).contains(DType.values());
        assertThat(file.tensor("z.three").dtype()).isEqualTo(DType.BOOL);
        assertThat(file.tensor("o.three").shape()).containsExactly(1L, 3L);
        assertThat(file.tensor("empty").shape()).containsExactly(0L, 4L);
        assertThat(file.bytes("empty").remaining()).isZero();
        assertThat(file.tensor("o.scalar").shape()).isEmpty();
        assertThat(file.tensor("o.scalar").elements()).isEqualTo(1);
        // Each tensor was filled with the bytes 0, 1, 2, …
        assertThat(file.bytes("o.scalar").getLong()).isEqualTo(0x0706050403020100L);
        assertThat(file.bytes("größe").asFloatBuffer()).isEqualTo(FloatBuffer.wrap(new float[] {1.5f, -2.5f}));
    }

    @Test
    void readsPartOfATensor() {
        SafetensorsFile file = SafetensorsFile.open(TestModels.resource("/safetensors/mixed.safetensors"), "mixed");
        ByteBuffer part = file.bytes("o.three", 5, 2);
        assertThat(part.remaining()).isEqualTo(2);
        assertThat(part.getShort()).isEqualTo((short) 0x0605);
        assertThat(part.isReadOnly()).isTrue();
        assertThatThrownBy(() -> file.bytes("o.three", 11, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file.bytes("o.three", -1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> file.bytes("nothing")).hasMessage("no tensor named nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                                 | 0 | x: not a safetensors file: its header is not a JSON object.",
                "{1                                                                 | 0 | x: not a safetensors file: its header is not valid JSON: ",
                "{} {}                                                              | 0 | x: not a safetensors file: its header is not valid JSON: ",
                "{'__metadata__':{'a':1}}                                           | 0 | x: __metadata__ in its header must map names to strings.",
                "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'w':{}}      | 4 | x: not a safetensors file: its header is not valid JSON: the key 'w' is there twice.",
                "{'w':{'dtype':'F12','shape':[1],'data_offsets':[0,4]}}             | 4 | x: tensor w has the unknown type 'F12'.",
                "{'w':{'shape':[1],'data_offsets':[0,4]}}                           | 4 | x: tensor w has the unknown type ''.",
                "{'w':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}            | 4 | x: tensor w: shape must be a list of whole numbers, not [-1].",
                "{'w':{'dtype':'F32','data_offsets':[0,4]}}                         | 4 | x: tensor w: shape must be a list of whole numbers, not .",
                "{'w':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}           | 4 | x: tensor w: shape must be a list of whole numbers, not [1.5].",
                "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0]}}               | 4 | x: tensor w has"
                        + " data_offsets [0], which is not a start and an end.",
                "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}             | 4 | x: tensor w has"
                        + " data_offsets [4, 0], which is not a start and an end.",
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}             | 4 | x: tensor w of type F32 and shape [2] cannot have 4 bytes.",
                "{'w':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,0]}} | 0 | x: tensor w of type F32 and shape [4294967296, 4294967296] cannot have 0 bytes.",
                "{'w':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}             | 4 | x: truncated: tensor w ends at byte 70, the file has 66. Download it again.",
                "{'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}             | 8 | x: tensor w starts at byte 66, but 62 was expected: tensors must not overlap or leave gaps.",
                "{'v':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'w':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | x: tensor w starts at byte",
                "{'w':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}             | 6 | x: has 2 extra bytes"
                        + " after its last tensor.",
            })
    void refusesAHeaderThatIsNotTrue(String header, int dataBytes, String message) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        write(json.length, json, dataBytes);
        assertRefused(message);
    }

    @Test
    void refusesAHeaderLongerThanTheFileBeforeReadingIt() throws IOException {
        write(1_000_000_000_000L, new byte[] {'{', '}'}, 0);
        assertRefused("x: not a safetensors file: its header would be 1000000000000 bytes long. ");
        write(-1, new byte[] {'{', '}'}, 0);
        assertRefused("x: not a safetensors file: its header would be 18446744073709551615 bytes long. ");
        write(90_000_000, new byte[] {'{', '}'}, 0);
        assertRefused("x: truncated: the header alone is 90000000 bytes long, the file 10. Download it again.");
    }

    @Test
    void refusesAFileThatIsTooShortOrNotThere() throws IOException {
        Files.write(directory.resolve("x"), new byte[7]);
        assertRefused("x: not a safetensors file: it has only 7 bytes. ");
        Files.delete(directory.resolve("x"));
        assertRefused("x: no such file.");
    }

    @Test
    void refusesEveryTruncationOfARealFile() throws IOException {
        byte[] whole = Files.readAllBytes(TestModels.tinyLlamaAdapter().resolve("adapter_model.safetensors"));
        for (int length : List.of(0, 8, 100, whole.length / 2, whole.length - 1)) {
            Files.write(directory.resolve("x"), Arrays.copyOf(whole, length));
            assertRefused("x: ");
        }
    }

    private void write(long headerLength, byte[] header, int dataBytes) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(
                directory.resolve("x"), file.putLong(headerLength).put(header).array());
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> SafetensorsFile.open(directory.resolve("x"), "x"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith(message);
    }
}
