package ipn.simulator.template;

import ipn.fact.Fact.ReferenceName;
import ipn.simulator.Sample;
import java.util.Map;
import java.util.TreeMap;

/** The merchant's references, under the keys that the built-in settings read. */
public final class Metadata {
    public static final String ORDER = "order_id";

    private Metadata() {}

    public static Map<String, String> of(Sample sample) {
        var metadata = new TreeMap<String, String>();
        sample.reference(ReferenceName.ORDER).ifPresent(value -> metadata.put(ORDER, value));
        sample.reference(ReferenceName.SUBJECT).ifPresent(value -> metadata.put("user_id", value));
        sample.reference(ReferenceName.PRODUCT).ifPresent(value -> metadata.put("product", value));
        sample.reference(ReferenceName.REFERENCE).ifPresent(value -> metadata.put("reference", value));
        return metadata;
    }
}
