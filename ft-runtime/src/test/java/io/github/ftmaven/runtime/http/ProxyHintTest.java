package io.github.ftmaven.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxyHintTest {
    @Test
    void namesTheVariableAndWhatJavaReads() {
        assertThat(hint(Map.of("HTTPS_PROXY", "http://user:secret@proxy.acme.com:3128/")))
                .isEqualTo(
                        " Java does not read HTTPS_PROXY. Add -Dhttps.proxyHost=proxy.acme.com -Dhttps.proxyPort=3128 to"
                                + " MAVEN_OPTS.");
        assertThat(hint(Map.of("all_proxy", "proxy")))
                .contains("all_proxy", "-Dhttps.proxyHost=proxy -Dhttps.proxyPort=PORT");
        assertThat(hint(Map.of("https_proxy", "not an address"))).contains("-Dhttps.proxyHost=HOST");
    }

    @Test
    void saysNothingWhereThereIsNothingToSay() {
        assertThat(hint(Map.of("http_proxy", "http://proxy:1", "https_proxy", "")))
                .isEmpty();
        assertThat(ProxyHint.of("https", Map.of("https_proxy", "http://proxy:1"), name -> "proxy"))
                .isEmpty();
    }

    private static String hint(Map<String, String> environment) {
        return ProxyHint.of("https", environment, name -> null);
    }
}
