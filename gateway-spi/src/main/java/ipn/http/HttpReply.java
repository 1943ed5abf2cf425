package ipn.http;

import ipn.gateway.content.Bytes;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/**
 * The response of a gateway.
 *
 * @param status 100 to 599; redirects (3xx) are not followed
 * @param contentType the media type in lower case, without parameters, such as {@code application/json}; empty if absent
 * @param maxAge how long the reply stays fresh according to {@code Cache-Control} and {@code Age}; zero if not specified, at most
 *     a year
 * @param body the complete body of a 2xx response; empty for any other status
 */
public record HttpReply(int status, String contentType, Duration maxAge, Bytes body) {
    static HttpReply of(HttpResponse<Bytes> response) {
        var contentType = response.headers().firstValue("Content-Type").orElse("");
        return new HttpReply(
                response.statusCode(),
                contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT),
                Freshness.of(response.headers()),
                response.body());
    }

    /** Whether the status is 200, the only one whose body is used. */
    public boolean ok() {
        return status == 200;
    }
}
