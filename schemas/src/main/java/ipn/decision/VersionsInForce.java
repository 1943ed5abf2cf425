package ipn.decision;

import ipn.avro.CatalogueVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Which records of the topic of catalogues put a version in force. */
public final class VersionsInForce {
    private VersionsInForce() {}

    /**
     * The records that each put a version in force, in their order: the first of each text, and those by which a person put an older version back. What a
     * projector writes puts no older version back, also if several start at once.
     *
     * @param records in the order of the topic
     */
    public static List<CatalogueVersion> of(List<CatalogueVersion> records) {
        var inForce = new ArrayList<CatalogueVersion>();
        var texts = new HashSet<String>();
        var newest = "";
        for (var each : records) {
            var isNew = texts.add(each.getText());
            if (isNew || (each.getDecision() != null && !each.getText().equals(newest))) {
                inForce.add(each);
                newest = each.getText();
            }
        }
        return List.copyOf(inForce);
    }
}
