package ipn.twin.entitlement;

/**
 * A new value of an entitlement.
 *
 * @param key subject, entitlement and reference, if the product applies to one thing
 * @param revision one more than that of the value before
 * @param cause key of the event that changed it
 */
public record EntitlementChange(String key, String subject, Access access, long revision, String cause) {}
