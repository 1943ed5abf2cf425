package ipn.operations.deadletter.repair;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A JSON merge patch (RFC 7396). */
final class MergePatch {
    private MergePatch() {}

    /** Members of the patch replace those of the target; null removes a member; what is no object replaces the whole. */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        var result = target instanceof ObjectNode object ? object.deepCopy() : changes.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                var before = result.get(change.getKey());
                result.set(change.getKey(), apply(before == null ? changes.nullNode() : before, change.getValue()));
            }
        });
        return result;
    }
}
