package ipn.gateway.shopify;

import ipn.gateway.EventContent;
import java.time.Instant;

/** The content of a body, and the time of its event. */
record TimedContent(Instant occurredAt, EventContent content) {}
