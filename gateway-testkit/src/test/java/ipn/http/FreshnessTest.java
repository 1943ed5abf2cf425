package ipn.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {
    // spotless:off
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "none", value = {
        "max-age=600                                  | none | 600",
        "public, max-age=23456, must-revalidate       | none | 23456",
        "Max-Age=600                                  | none | 600",
        "max-age=600,max-age=700                      | none | 700",
        "max-age=600                                  | 100  | 500",
        "max-age=600                                  | 600  | 0",
        "max-age=600                                  | 9999999999 | 0",
        "max-age=600                                  | old  | 600",
        "max-age=9999999999                           | none | 31536000",
        "max-age=99999999999999999999                 | none | 0",
        "max-age=-5                                   | none | 0",
        "max-age=1.5                                  | none | 0",
        "max-age=                                     | none | 0",
        "max-age                                      | none | 0",
        "s-maxage=600                                 | none | 0",
        "x-max-age=600                                | none | 0",
        "max-age=600, no-store                        | none | 0",
        "no-cache, max-age=600                        | none | 0",
        "none                                         | none | 0",
        "''                                           | none | 0",
        ",,,                                          | none | 0",
    })
    // spotless:on
    void seconds_a_reply_stays_fresh(String cacheControl, String age, long seconds) {
        var headers = new HashMap<String, List<String>>();
        if (cacheControl != null) {
            headers.put("cache-control", List.of(cacheControl));
        }
        if (age != null) {
            headers.put("age", List.of(age));
        }
        assertThat(Freshness.of(HttpHeaders.of(headers, (name, value) -> true))).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void directives_may_come_in_several_headers() {
        var headers = Map.of("Cache-Control", List.of("private", "max-age=60"));
        assertThat(Freshness.of(HttpHeaders.of(headers, (name, value) -> true))).isEqualTo(Duration.ofMinutes(1));
    }
}
