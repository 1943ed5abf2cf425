package ipn.runtime.http;

import java.time.Duration;

/**
 * By when the head of a request (its request line and headers) must have arrived.
 *
 * @param timeout from the opening of a connection, or from the first byte of a later request
 * @param body of the answer 408, of media type {@code application/problem+json}
 * @param onTimeout runs for each connection that is closed because of it
 */
public record HeadDeadline(Duration timeout, String body, Runnable onTimeout) {}
