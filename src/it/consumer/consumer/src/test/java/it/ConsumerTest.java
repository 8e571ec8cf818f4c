package it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.InputStream;
import org.junit.jupiter.api.Test;

class ConsumerTest {
    @Test
    void findsTheAdapterOnItsClassPath() throws Exception {
        try (InputStream in = ConsumerTest.class.getResourceAsStream("/META-INF/lora/it/adapter/adapter_config.json")) {
            assertEquals('{', in.read());
        }
    }
}
