package ipn.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ipn.conformance.GatewayUnderTest.SenselessBody;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.util.List;

/** Bodies that every JSON parser must refuse. */
public final class SenselessJson {
    private SenselessJson() {}

    public static List<SenselessBody> all() {
        // spotless:off
        return List.of(
                body("empty body",             "",                                        Reason.MALFORMED),
                body("one byte",               "{",                                       Reason.MALFORMED),
                body("null",                   "null",                                    Reason.MALFORMED),
                body("an array",               "[]",                                      Reason.MALFORMED),
                body("a text",                 "\"x\"",                                   Reason.MALFORMED),
                body("a truncated body",       "{\"id\":\"evt_1\",\"type\":",             Reason.MALFORMED),
                body("NaN",                    "{\"id\":NaN}",                            Reason.MALFORMED),
                body("a comment",              "{/**/\"id\":1}",                          Reason.MALFORMED),
                body("single quotes",          "{'id':1}",                                Reason.MALFORMED),
                body("a trailing comma",       "{\"id\":1,}",                             Reason.MALFORMED),
                body("leading zeros",          "{\"id\":007}",                            Reason.MALFORMED),
                body("a second value",         "{}{}",                                    Reason.MALFORMED),
                body("trailing garbage",       "{} x",                                    Reason.MALFORMED),
                body("a byte order mark",      "\u00EF\u00BB\u00BF{}",                    Reason.MALFORMED),
                body("UTF-16",                 "\0{\0}",                                  Reason.MALFORMED),
                body("an overlong slash",      "{\"id\":\"\u00C0\u00AF\"}",               Reason.MALFORMED),
                body("a stray byte",           "{\"id\":\"\u00FF\"}",                     Reason.MALFORMED),
                body("a surrogate as bytes",   "{\"id\":\"\u00ED\u00A0\u0080\"}",         Reason.MALFORMED),
                body("a half character",       "{\"id\":\"\u00E2\u0098",                  Reason.MALFORMED),
                body("a raw control character", "{\"id\":\"\u0000\"}",                    Reason.MALFORMED),
                body("an exponent of 30 bits", "{\"a\":1E99999999999}",                   Reason.MALFORMED),
                body("an id twice",            "{\"id\":\"evt_1\",\"id\":\"evt_2\"}",     Reason.DUPLICATE_KEY),
                body("an amount twice",        "{\"data\":{\"amount\":1,\"amount\":2}}",  Reason.DUPLICATE_KEY),
                body("a key twice by escape",  "{\"id\":1,\"\\u0069d\":2}",               Reason.DUPLICATE_KEY),
                body("a null twice",           "{\"a\":[{\"b\":null,\"b\":null}]}",       Reason.DUPLICATE_KEY),
                body("33 levels",              nested(33),                                Reason.TOO_DEEP),
                body("1,001 levels",           nested(1_001),                             Reason.TOO_DEEP),
                body("100,000 levels",         nested(100_000),                           Reason.TOO_DEEP),
                body("100,000 levels of lists", "{\"a\":" + "[".repeat(100_000),          Reason.TOO_DEEP),
                body("a million keys",         keys(1_000_000),                           Reason.TOO_DEEP),
                body("a million elements",     "{\"a\":[" + "0,".repeat(1_000_000) + "0]}", Reason.TOO_DEEP),
                body("a text of 20 MB",        "{\"a\":\"" + "x".repeat(20_000_000) + "\"}", Reason.TOO_DEEP),
                body("a key of 1 MB",          "{\"" + "x".repeat(1_000_000) + "\":1}",   Reason.TOO_DEEP),
                body("a number of 100,000 digits", "{\"a\":" + "9".repeat(100_000) + "}", Reason.TOO_DEEP));
        // spotless:on
    }

    private static SenselessBody body(String name, String bytes, Reason reason) {
        return new SenselessBody(name, Bytes.wrap(bytes.getBytes(ISO_8859_1)), reason);
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    private static String keys(int count) {
        var body = new StringBuilder("{");
        for (var i = 0; i < count; i++) {
            body.append(i == 0 ? "" : ",").append("\"k").append(i).append("\":1");
        }
        return body.append('}').toString();
    }
}
