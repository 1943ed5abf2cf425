package ipn.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The JSON type of a field. */
enum FieldType {
    TEXT,
    NUMBER,
    FLAG,
    OBJECT,
    LIST,
    /** All samples contain null, so the type is unknown. */
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
