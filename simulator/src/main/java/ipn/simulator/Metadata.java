package ipn.simulator;

import ipn.fact.Fact.ReferenceName;
import java.util.Map;
import java.util.TreeMap;

/** What a merchant keeps at a gateway. */
final class Metadata {
    private Metadata() {}

    /** The merchant's words under the usual keys. */
    static Map<String, String> of(Sample sample) {
        var metadata = new TreeMap<String, String>();
        sample.says(ReferenceName.ORDER).ifPresent(value -> metadata.put("order_id", value));
        sample.says(ReferenceName.SUBJECT).ifPresent(value -> metadata.put("user_id", value));
        sample.says(ReferenceName.PRODUCT).ifPresent(value -> metadata.put("product", value));
        sample.says(ReferenceName.REFERENCE).ifPresent(value -> metadata.put("reference", value));
        return metadata;
    }
}
