package ipn.gateway.braintree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Converts UTF-8 XML to JSON: an element with child elements becomes an object, one without becomes a text, sibling elements
 * of the same name become a list, and {@code nil="true"} becomes null. Rejects all other XML features: document types and
 * their declarations, processing instructions, namespaces, text between elements. Fetches nothing; any input costs at most
 * milliseconds and little memory.
 */
final class StrictXml {
    private static final int DEPTH_MAX = 32;
    private static final int ELEMENTS_MAX = 50_000;
    private static final int BYTES_MAX = 1024 * 1024;

    private final XMLStreamReader reader;
    private int elements;

    private StrictXml(XMLStreamReader reader) {
        this.reader = reader;
    }

    /**
     * @param top name of the outermost element, whose content is returned
     * @throws RefusedException MALFORMED, or TOO_DEEP if nesting or size exceeds every real notification
     */
    static JsonField read(Bytes xml, String top) {
        try {
            var reader = factory().createXMLStreamReader(new StringReader(text(xml)));
            try {
                return new JsonField(new StrictXml(reader).document(top), "");
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            throw malformed("not XML that one can trust");
        }
    }

    /** The JDK's own parser factory, regardless of the class path; a new one each time because factories are not thread-safe. */
    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched");
        });
        return factory;
    }

    private static String text(Bytes xml) {
        if (xml.size() > BYTES_MAX) {
            throw tooDeep();
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(xml.buffer()).toString();
        } catch (CharacterCodingException e) {
            throw malformed("not UTF-8");
        }
    }

    private JsonNode document(String top) throws XMLStreamException {
        var declared = reader.getCharacterEncodingScheme();
        if (declared != null && !declared.equalsIgnoreCase("UTF-8")) {
            throw malformed("declares an encoding other than UTF-8");
        }
        var node = next() ? null : element(1);
        if (node == null || !reader.getLocalName().equals(top)) {
            throw malformed("not a " + top);
        }
        while (reader.hasNext()) {
            if (!isBlank(reader.next()) && reader.getEventType() != XMLStreamConstants.END_DOCUMENT) {
                throw malformed("goes on after its end");
            }
        }
        return node;
    }

    /** Advances to the next start tag (false) or end tag (true). */
    private boolean next() throws XMLStreamException {
        while (isBlank(reader.next())) {
            // goes on
        }
        return switch (reader.getEventType()) {
            case XMLStreamConstants.START_ELEMENT -> false;
            case XMLStreamConstants.END_ELEMENT -> true;
            default -> throw malformed("has a document type, an instruction, or text between elements");
        };
    }

    private boolean isBlank(int event) {
        return event == XMLStreamConstants.COMMENT
                || event == XMLStreamConstants.SPACE
                || event == XMLStreamConstants.CHARACTERS && reader.isWhiteSpace();
    }

    /** Reads one element from its start tag to its end tag. */
    private JsonNode element(int depth) throws XMLStreamException {
        if (depth > DEPTH_MAX || ++elements > ELEMENTS_MAX) {
            throw tooDeep();
        }
        if (reader.getNamespaceCount() > 0 || reader.getNamespaceURI() != null) {
            throw malformed("has namespaces");
        }
        if ("true".equals(reader.getAttributeValue(null, "nil"))) {
            return nil();
        }
        var text = new StringBuilder();
        var event = reader.next();
        while (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.COMMENT) {
            text.append(event == XMLStreamConstants.COMMENT ? "" : reader.getText());
            event = reader.next();
        }
        if (event == XMLStreamConstants.END_ELEMENT) {
            return JsonNodeFactory.instance.textNode(text.toString());
        }
        if (event != XMLStreamConstants.START_ELEMENT || !text.toString().isBlank()) {
            throw malformed("has something beside elements and text");
        }
        return elements(depth);
    }

    private ObjectNode elements(int depth) throws XMLStreamException {
        var object = JsonNodeFactory.instance.objectNode();
        do {
            var name = reader.getLocalName();
            var value = element(depth + 1);
            var before = object.get(name);
            if (before instanceof ArrayNode list) {
                list.add(value);
            } else if (before != null) {
                object.putArray(name).add(before).add(value);
            } else {
                object.set(name, value);
            }
        } while (!next());
        return object;
    }

    private JsonNode nil() throws XMLStreamException {
        if (!next()) {
            throw malformed("has something in what is nothing");
        }
        return JsonNodeFactory.instance.nullNode();
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(Reason.MALFORMED, "bt_payload: " + what);
    }

    private static RefusedException tooDeep() {
        return new RefusedException(
                Reason.TOO_DEEP, "bt_payload: nests deeper, or is larger inside, than any real notification");
    }
}
