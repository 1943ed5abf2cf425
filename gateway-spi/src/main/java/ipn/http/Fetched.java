package ipn.http;

import java.time.Duration;

/**
 * Something that was fetched.
 *
 * @param keep how long it may be used, from when it was asked for; zero to use it once
 */
public record Fetched<V>(V value, Duration keep) {}
