package ipn.key;

/** The user or advertiser that an entitlement belongs to; the record key of {@code ipn.entitlements}. */
public record SubjectId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
