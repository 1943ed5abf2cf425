package ipn.serde;

import org.apache.avro.data.TimeConversions.TimestampMillisConversion;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;

/** What Avro has to be told once about our records. */
public final class AvroRecords {
    static {
        // Avro makes objects only of classes it is told to trust: our own records, and nothing a schema may name
        var others = ClassSecurityValidator.getGlobal();
        ClassSecurityValidator.setGlobal(type -> type.getPackageName().equals("ipn.avro") || others.isTrusted(type));
        // equals() of a list read from bytes asks the shared model, which does not know that an instant may stand in a
        // union
        GenericData.get().addLogicalTypeConversion(new TimestampMillisConversion());
    }

    private AvroRecords() {}

    /** Makes sure that what stands above has happened. */
    public static void init() {
        // loading this class is all there is to do
    }

    /** True where two records of one type hold the same. */
    public static boolean same(SpecificRecord a, SpecificRecord b) {
        return a.equals(b);
    }
}
