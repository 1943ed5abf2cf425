package ipn.simulator.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;

/**
 * A JSON object with placeholders. A string that is one placeholder becomes the value with its own type; placeholders within a
 * longer string become text.
 */
public final class JsonTemplate {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode tree;
    private final Placeholders placeholders;

    private JsonTemplate(JsonNode tree, Placeholders placeholders) {
        this.tree = tree;
        this.placeholders = placeholders;
    }

    /** Reads a template, for example {@code stripe/invoice.json}. */
    public static JsonTemplate load(String name) {
        var text = TemplateFile.read(name);
        try {
            var tree = MAPPER.readTree(text);
            if (!tree.isObject()) {
                throw new TemplateException(name + ": not an object (expected: a JSON object)");
            }
            return new JsonTemplate(tree, Placeholders.in(name, text));
        } catch (JsonProcessingException e) {
            throw new TemplateException(name + ": not JSON: " + e.getMessage());
        }
    }

    public ObjectNode fill(TemplateValues values) {
        placeholders.requireAllUsed(values);
        return object(tree, values);
    }

    private ObjectNode object(JsonNode template, TemplateValues values) {
        var object = MAPPER.createObjectNode();
        template.properties()
                .forEach(member ->
                        filled(member.getValue(), values).ifPresent(value -> object.set(member.getKey(), value)));
        return object;
    }

    /** Empty if the optional value is absent. */
    private Optional<JsonNode> filled(JsonNode template, TemplateValues values) {
        if (template.isObject()) {
            return Optional.of(object(template, values));
        }
        if (template.isArray()) {
            var array = MAPPER.createArrayNode();
            template.forEach(element -> filled(element, values).ifPresent(array::add));
            return Optional.of(array);
        }
        return template.isTextual() ? text(template.textValue(), values) : Optional.of(template);
    }

    private Optional<JsonNode> text(String text, TemplateValues values) {
        var whole = Placeholders.whole(text);
        return whole.isPresent()
                ? placeholders.value(whole.get(), values).map(MAPPER::<JsonNode>valueToTree)
                : placeholders.fill(text, values, String::valueOf).map(TextNode::valueOf);
    }
}
