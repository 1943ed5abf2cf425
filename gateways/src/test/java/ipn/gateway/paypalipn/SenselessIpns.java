package ipn.gateway.paypalipn;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import ipn.conformance.GatewayUnderTest.SenselessBody;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Forms that no reader of PayPal's messages should take. */
final class SenselessIpns {
    private SenselessIpns() {}

    static List<SenselessBody> all() {
        // spotless:off
        return List.of(
                body("one byte",                  "\u0000",                                       Reason.MALFORMED),
                body("a word",                    "null",                                         Reason.MALFORMED),
                body("JSON",                      "{\"txn_id\":\"T1\"}",                          Reason.MALFORMED),
                body("a field without a name",    "txn_id=T1&=x",                                 Reason.MALFORMED),
                body("a percent sign and no hex", "payment_status=%zz",                           Reason.MALFORMED),
                body("a percent sign at the end", "payment_status=%4",                            Reason.MALFORMED),
                body("UTF-8 that is not",         "charset=UTF-8&first_name=Zo%EB",               Reason.MALFORMED),
                body("an overlong slash",         "charset=UTF-8&first_name=%C0%AF",              Reason.MALFORMED),
                body("a surrogate as bytes",      "charset=UTF-8&first_name=%ED%A0%80",           Reason.MALFORMED),
                body("windows-1252 that is not",  "first_name=%81",                               Reason.MALFORMED),
                body("a charset of nobody's",     "charset=klingon&payment_status=Completed",     Reason.MALFORMED),
                body("a charset unlike ASCII",    "charset=utf-16&payment_status=Completed",      Reason.MALFORMED),
                body("a charset in disguise",     "charset=utf-7&payment_status=Completed",       Reason.MALFORMED),
                body("an empty charset",          "charset=&payment_status=Completed",            Reason.MALFORMED),
                body("an amount twice",           "mc_gross=1.00&mc_gross=2000.00",               Reason.DUPLICATE_KEY),
                body("an id twice, once escaped", "txn_id=T1&txn%5Fid=T2",                        Reason.DUPLICATE_KEY),
                body("a charset twice",           "charset=UTF-8&charset=windows-1252",           Reason.DUPLICATE_KEY),
                body("nothing of PayPal's",       "test_ipn=1&a=1",                               Reason.MISSING_FIELD),
                body("257 fields of nobody's",    "test_ipn=1&" + fields(256),                    Reason.MISSING_FIELD),
                body("a word of 9 KB",            sale("T1") + "&custom=" + "x".repeat(9_000),    Reason.INVALID_ID),
                body("a blank within an id",      sale("T+1"),                                     Reason.INVALID_ID),
                body("the same blank escaped",    sale("T%201"),                                   Reason.INVALID_ID),
                body("1,001 fields",              fields(1_001),                                  Reason.TOO_DEEP),
                body("80,000 empty fields",       "a=&".repeat(80_000),                           Reason.TOO_DEEP),
                body("a value of 200 KB",         "custom=" + "x".repeat(200_000),              Reason.TOO_DEEP),
                body("a name of 200 KB",          "x".repeat(200_000) + "=1",                   Reason.TOO_DEEP));
        // spotless:on
    }

    private static SenselessBody body(String name, String bytes, Reason reason) {
        return new SenselessBody(name, Bytes.wrap(bytes.getBytes(ISO_8859_1)), reason);
    }

    private static String sale(String escapedId) {
        var sale = Ipns.says("payment_status", "Completed", "mc_gross", "1.00");
        return sale.body().utf8() + "&txn_id=" + escapedId;
    }

    private static String fields(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "f" + Integer.toString(i) + "=1")
                .collect(Collectors.joining("&"));
    }
}
