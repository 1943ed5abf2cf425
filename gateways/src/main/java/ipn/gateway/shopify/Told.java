package ipn.gateway.shopify;

import ipn.gateway.Story;
import java.time.Instant;

/** What a body tells, and when that was. */
record Told(Instant occurredAt, Story story) {}
