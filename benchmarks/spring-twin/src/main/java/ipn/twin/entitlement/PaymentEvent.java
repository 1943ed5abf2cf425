package ipn.twin.entitlement;

import ipn.twin.gateway.PaymentFacts;

/** One webhook as the listener has read it. */
public record PaymentEvent(String eventKey, String paymentKey, PaymentFacts facts) {}
