package ipn.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The Avro type of the values of a topic, as this build writes them.
 *
 * @param topic full name; a changelog is a topic as well
 */
public record TopicSchema(String topic, Class<? extends SpecificRecord> type) {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Says which class Java uses for a string. The serializer leaves it out of what it registers. */
    private static final String JAVA_PROPERTY = "avro.java.string";

    /** Every topic of the catalogue whose values are Avro. */
    public static List<TopicSchema> allOf(TopicCatalogue topics) {
        return select(topics, name -> true);
    }

    /** Some topics of the catalogue whose values are Avro, in its order. */
    public static List<TopicSchema> of(TopicCatalogue topics, Set<String> names) {
        return select(topics, names::contains);
    }

    private static List<TopicSchema> select(TopicCatalogue topics, Predicate<String> selected) {
        return topics.specs().stream()
                .filter(spec -> selected.test(spec.name()) && !spec.value().equals("bytes"))
                .map(spec -> new TopicSchema(topics.name(spec.name()), type(spec.value())))
                .toList();
    }

    /**
     * The changelogs of a stage whose values are Avro.
     *
     * @param stores type of the values by store
     */
    public static List<TopicSchema> changelogs(
            String applicationId, Map<String, Class<? extends SpecificRecord>> stores) {
        return stores.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(store -> new TopicSchema(applicationId + "-" + store.getKey() + "-changelog", store.getValue()))
                .toList();
    }

    /** Where the registry keeps the versions of the schema. */
    public String subject() {
        return topic + "-value";
    }

    /** The schema as the serializer looks it up. */
    public Schema schema() {
        try {
            var tree = JSON.readTree(SpecificData.get().getSchema(type).toString());
            removeJavaProperties(tree);
            return new Schema.Parser().parse(tree.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(type.getName() + ": its schema is not JSON", e);
        }
    }

    private static void removeJavaProperties(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(JAVA_PROPERTY);
        }
        // the elements of an array, or the values of an object
        node.forEach(TopicSchema::removeJavaProperties);
    }

    private static Class<? extends SpecificRecord> type(String name) {
        try {
            return Class.forName("ipn.avro." + name).asSubclass(SpecificRecord.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name + ": no such Avro type", e);
        }
    }
}
