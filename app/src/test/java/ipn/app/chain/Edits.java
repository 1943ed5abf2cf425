package ipn.app.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.content.Bytes;
import ipn.simulator.Draft;
import java.net.URLEncoder;
import java.util.function.UnaryOperator;

/** Changes of a notification before it is signed. */
final class Edits {
    private Edits() {}

    static UnaryOperator<Draft> none() {
        return draft -> draft;
    }

    /** The edits, one after the other. */
    @SafeVarargs
    static UnaryOperator<Draft> all(UnaryOperator<Draft>... edits) {
        return draft -> {
            var edited = draft;
            for (var edit : edits) {
                edited = edit.apply(edited);
            }
            return edited;
        };
    }

    /**
     * Sets a field of a JSON body.
     *
     * @param pointer of the field, whose object exists
     * @param value in YAML's flow style
     */
    static UnaryOperator<Draft> set(String pointer, String value) {
        return draft -> draft.withBody(set(draft.body(), pointer, value));
    }

    /** As {@link #set(String, String)}, in the documents of the gateway whose path contains a text. */
    static UnaryOperator<Draft> inDocument(String path, String pointer, String value) {
        return draft -> {
            var edited = draft;
            for (var document : draft.documents().entrySet()) {
                if (document.getKey().contains(path)) {
                    edited = edited.withDocument(document.getKey(), set(document.getValue(), pointer, value));
                }
            }
            if (edited == draft) {
                throw new IllegalArgumentException(path + ": in no path of a document (expected: in one of "
                        + draft.documents().keySet() + ")");
            }
            return edited;
        };
    }

    /** Sets a variable of a form. */
    static UnaryOperator<Draft> variable(String name, String value) {
        return draft -> {
            var others = ("&" + draft.body().utf8()).replaceAll("&" + name + "=[^&]*", "");
            return draft.withBody(Bytes.utf8(others.substring(1) + "&" + name + "=" + URLEncoder.encode(value, UTF_8)));
        };
    }

    /** Replaces a text that the body contains. */
    static UnaryOperator<Draft> replace(String text, String by) {
        return draft -> {
            if (!draft.body().utf8().contains(text)) {
                throw new IllegalArgumentException(text + ": not in the body (expected: a part of it)");
            }
            return draft.withBody(Bytes.utf8(draft.body().utf8().replace(text, by)));
        };
    }

    private static Bytes set(Bytes json, String pointer, String value) {
        try {
            var root = FieldCase.YAML.readTree(json.utf8());
            var field = JsonPointer.compile(pointer);
            if (!(root.at(field.head()) instanceof ObjectNode parent)) {
                throw new IllegalArgumentException(pointer + ": not in an object (expected: a field of an object)");
            }
            parent.set(field.last().getMatchingProperty(), FieldCase.YAML.readTree(value));
            return Bytes.utf8(root.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(pointer + ": " + e.getMessage(), e);
        }
    }
}
