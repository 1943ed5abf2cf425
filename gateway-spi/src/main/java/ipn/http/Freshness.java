package ipn.http;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** How long a reply may be cached (RFC 9111, section 4.2): max-age minus its current age. */
final class Freshness {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
    private static final long SECONDS_MAX = Duration.ofDays(365).toSeconds();

    private Freshness() {}

    /** Zero if the reply has no max-age, forbids caching, or has an unreadable max-age. */
    static Duration of(HttpHeaders headers) {
        var maxAge = 0L;
        for (var directive :
                String.join(",", headers.allValues("Cache-Control")).split(",")) {
            var word = directive.strip().toLowerCase(Locale.ROOT);
            if (word.equals("no-store") || word.equals("no-cache")) {
                return Duration.ZERO;
            }
            if (word.startsWith("max-age=")) {
                maxAge = seconds(word.substring("max-age=".length()));
            }
        }
        var age = headers.firstValue("Age").map(Freshness::seconds).orElse(0L);
        return Duration.ofSeconds(Math.max(0, Math.min(maxAge, SECONDS_MAX) - age));
    }

    private static long seconds(String text) {
        return SECONDS.matcher(text.strip()).matches() ? Long.parseLong(text.strip()) : 0;
    }
}
