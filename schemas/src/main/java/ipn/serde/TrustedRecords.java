package ipn.serde;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Makes Avro trust the classes of {@code ipn.avro}. Avro instantiates trusted classes only. Trust is set by a system property,
 * which every JVM would need, or by code that runs before the first record is made. This conversion converts nothing: Avro
 * loads every conversion declared as a service before it touches a record, and loading this one sets the trust.
 */
public final class TrustedRecords extends Conversion<TrustedRecords> {
    private static final String PACKAGE = "ipn.avro";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(PACKAGE)));
    }

    @Override
    public Class<TrustedRecords> getConvertedType() {
        return TrustedRecords.class;
    }

    @Override
    public String getLogicalTypeName() {
        return "ipn-none";
    }
}
