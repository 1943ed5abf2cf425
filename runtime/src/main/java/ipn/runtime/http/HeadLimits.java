package ipn.runtime.http;

import java.time.Duration;

/**
 * Limits of the head of a request (its request line and headers), which only a decoder can enforce.
 *
 * @param timeout from the opening of a connection, or from the first byte of a later request, to the end of the head
 * @param fieldsMax header fields, repeated ones included
 * @param tooSlow the answer after the timeout
 * @param tooMany the answer to a head with more fields
 */
public record HeadLimits(Duration timeout, int fieldsMax, Refusal tooSlow, Refusal tooMany) {

    /**
     * An answer to a head that has not arrived in full.
     *
     * @param status code and reason phrase
     * @param body of media type {@code application/problem+json}; ASCII
     * @param onRefusal runs once for each connection that gets this answer
     */
    public record Refusal(String status, String body, Runnable onRefusal) {}
}
