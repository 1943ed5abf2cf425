package ipn.http;

import ipn.gateway.Bytes;
import java.time.Duration;

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
    /** Whether the status is 200, the only one that carries what was asked for. */
    public boolean ok() {
        return status == 200;
    }
}
