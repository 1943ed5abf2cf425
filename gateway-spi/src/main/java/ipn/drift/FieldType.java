package ipn.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** What stands at a field. */
enum FieldType {
    TEXT,
    NUMBER,
    FLAG,
    OBJECT,
    LIST,
    /** Only null was seen so far, which says nothing of what else may stand there. */
    ANY;

    static FieldType of(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> TEXT;
            case NUMBER -> NUMBER;
            case BOOLEAN -> FLAG;
            case OBJECT -> OBJECT;
            case ARRAY -> LIST;
            default -> ANY;
        };
    }

    static FieldType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
