package ipn.http;

import java.time.Duration;

/**
 * A fetched value.
 *
 * @param keep how long it may be cached, from the time of the request; zero for no caching
 */
public record Fetched<V>(V value, Duration keep) {}
