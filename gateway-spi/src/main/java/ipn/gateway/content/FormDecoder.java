package ipn.gateway.content;

import ipn.topics.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decodes a form in two steps, because the form itself contains the charset of its values: percent-decoding to bytes, then
 * decoding the bytes to text.
 */
final class FormDecoder {
    static final int FIELDS_MAX = 1_000;
    static final int NAME_BYTES_MAX = 128;
    static final int VALUE_BYTES_MAX = 64 * 1024;

    /** One percent-decoded field. The name is printable ASCII. */
    private record Field(String name, Bytes value) {}

    private FormDecoder() {}

    static Map<String, String> decode(Bytes body, Function<Optional<String>, Charset> charset, int valueBytesMax) {
        var fields = fields(body.array(), valueBytesMax);
        var decoder = charset.apply(charsetNamedBy(fields))
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var decoded = new LinkedHashMap<String, String>();
        for (var field : fields) {
            if (decoded.putIfAbsent(field.name, text(field, decoder)) != null) {
                throw new RefusedException(Reason.DUPLICATE_KEY, "form: duplicate field");
            }
        }
        return decoded;
    }

    private static Optional<String> charsetNamedBy(List<Field> fields) {
        return fields.stream()
                .filter(field -> field.name.equals("charset"))
                .findFirst()
                .map(field -> new String(field.value.array(), StandardCharsets.US_ASCII));
    }

    private static String text(Field field, CharsetDecoder decoder) {
        try {
            return decoder.decode(ByteBuffer.wrap(field.value.array())).toString();
        } catch (CharacterCodingException e) {
            throw malformed("a value is not in the form's charset");
        }
    }

    private static List<Field> fields(byte[] body, int valueBytesMax) {
        var fields = new ArrayList<Field>();
        for (var start = 0; start < body.length; ) {
            var end = indexOf('&', body, start, body.length);
            if (end > start) {
                fields.add(field(body, start, end, valueBytesMax));
            }
            if (fields.size() > FIELDS_MAX) {
                throw tooLarge("more than " + FIELDS_MAX + " fields");
            }
            start = end + 1;
        }
        if (fields.isEmpty()) {
            throw malformed("no fields");
        }
        return fields;
    }

    private static Field field(byte[] body, int start, int end, int valueBytesMax) {
        var equals = indexOf('=', body, start, end);
        if (equals == start || equals == end) {
            throw malformed("a field has no name, or no equals sign");
        }
        var name = decoded(body, start, equals, NAME_BYTES_MAX);
        for (var each : name) {
            if (each <= ' ' || each > '~') {
                throw malformed("a field's name is not printable ASCII");
            }
        }
        return new Field(
                new String(name, StandardCharsets.US_ASCII), Bytes.wrap(decoded(body, equals + 1, end, valueBytesMax)));
    }

    private static byte[] decoded(byte[] body, int start, int end, int bytesMax) {
        var bytes = new ByteArrayOutputStream(Math.min(end - start, bytesMax));
        for (var i = start; i < end; i++) {
            if (bytes.size() == bytesMax) {
                throw tooLarge("a name or value of more than " + bytesMax + " bytes");
            }
            if (body[i] == '%') {
                bytes.write(hex(body, i + 1, end) << 4 | hex(body, i + 2, end));
                i += 2;
            } else {
                bytes.write(body[i] == '+' ? ' ' : body[i]);
            }
        }
        return bytes.toByteArray();
    }

    private static int hex(byte[] body, int at, int end) {
        var digit = at < end ? body[at] : -1;
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        var letter = digit | 0x20;
        if (letter >= 'a' && letter <= 'f') {
            return letter - 'a' + 10;
        }
        throw malformed("a percent sign without two hex digits");
    }

    private static int indexOf(char wanted, byte[] body, int start, int end) {
        for (var i = start; i < end; i++) {
            if (body[i] == wanted) {
                return i;
            }
        }
        return end;
    }

    private static RefusedException malformed(String what) {
        return new RefusedException(Reason.MALFORMED, "form: " + what);
    }

    private static RefusedException tooLarge(String what) {
        return new RefusedException(Reason.TOO_DEEP, "form: " + what);
    }
}
