package ipn.gateway.shopify;

import ipn.gateway.EventContent;
import java.time.Instant;

/** What a body tells, and when that was. */
record TimedContent(Instant occurredAt, EventContent content) {}
