package ipn.client;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of a cache, for metrics and health checks.
 *
 * @param entries subjects' entitlements
 * @param bytes memory of all entries
 * @param asOf when it was last known to have every committed record; empty: never
 * @param outdated records that were ignored, because a later revision was known
 * @param unreadable records that were ignored, because they are not what this topic contains
 */
public record CacheStatus(long entries, long bytes, Optional<Instant> asOf, long outdated, long unreadable) {}
