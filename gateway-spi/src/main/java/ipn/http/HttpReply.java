package ipn.http;

import ipn.gateway.content.Bytes;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/**
 * What a gateway answered.
 *
 * @param status 100 to 599; 3xx is a status like any other, nobody follows it
 * @param contentType the media type in lower case, without parameters, such as {@code application/json}; empty if none was named
 * @param maxAge how long the reply stays fresh by its {@code Cache-Control} (and {@code Age}); zero if it does not say,
 *     at most a year
 * @param body the whole body of a 2xx; empty for any other status, where it is not read
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

    /** Whether the status is 200, the only one that carries what was asked for. */
    public boolean ok() {
        return status == 200;
    }
}
