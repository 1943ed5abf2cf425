package ipn.serde;

import org.apache.avro.Conversion;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Makes Avro trust the classes of {@code ipn.avro}. Avro instantiates only classes it is told to trust, by a system property
 * that every JVM would have to be started with, or by code that must have run before the first record is made. This conversion
 * converts nothing: Avro loads every conversion it finds as a service before it touches a record, and that is the moment.
 */
public final class TrustOurRecords extends Conversion<TrustOurRecords> {
    private static final String OURS = "ipn.avro";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(),
                type -> type.getPackageName().equals(OURS)));
    }

    @Override
    public Class<TrustOurRecords> getConvertedType() {
        return TrustOurRecords.class;
    }

    @Override
    public String getLogicalTypeName() {
        return "ipn-none";
    }
}
