package ipn.gateway.braintree;

import ipn.conformance.GatewayUnderTest.SenselessBody;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What Braintree could sign and would make no sense, and what somebody with its key could try. */
final class SenselessBraintree {
    private static final String TRANSACTION =
            "<transaction><id>t1</id><status>settled</status><amount>25.00</amount><currency-iso-code>USD</currency-iso-code></transaction>";
    private static final String NOTIFICATION = BraintreeSays.notification("transaction_settled", TRANSACTION);

    private SenselessBraintree() {}

    static List<SenselessBody> all() {
        // spotless:off
        return List.of(
                body("one byte",                "<",                                                            Reason.MALFORMED),
                body("a text",                  "notification of nothing at all",                               Reason.MALFORMED),
                body("JSON",                    "{\"kind\":\"check\",\"timestamp\":\"2026-09-01\"}",            Reason.MALFORMED),
                body("a truncated body",        NOTIFICATION.substring(0, NOTIFICATION.length() - 9),           Reason.MALFORMED),
                body("two documents",           NOTIFICATION + NOTIFICATION,                                    Reason.MALFORMED),
                body("trailing garbage",        NOTIFICATION + "x",                                             Reason.MALFORMED),
                body("another document",        "<invitation><kind>check</kind></invitation>",                  Reason.MALFORMED),
                body("a stray byte",            NOTIFICATION.replace("25.00", "\u00FF"),                        Reason.MALFORMED),
                body("UTF-16, it says",         "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + NOTIFICATION,   Reason.MALFORMED),
                body("an instruction",          NOTIFICATION.replace("<subject>", "<?go to?><subject>"),        Reason.MALFORMED),
                body("text between elements",   NOTIFICATION.replace("<subject>", "x<subject>"),                Reason.MALFORMED),
                body("a document type",         "<!DOCTYPE notification>" + NOTIFICATION,                       Reason.MALFORMED),
                body("a file for an entity",    entity("SYSTEM \"file:///etc/passwd\""),                        Reason.MALFORMED),
                body("a URL for an entity",     entity("SYSTEM \"http://localhost:1/x\""),                      Reason.MALFORMED),
                body("an entity",               entity("\"t1\""),                                               Reason.MALFORMED),
                body("a URL for a type",        "<!DOCTYPE notification SYSTEM \"http://localhost:1/x\">" + NOTIFICATION, Reason.MALFORMED),
                body("a parameter entity",      "<!DOCTYPE n [<!ENTITY % e SYSTEM \"file:///etc/passwd\">%e;]>" + NOTIFICATION, Reason.MALFORMED),
                body("a billion laughs",        laughs(),                                                       Reason.MALFORMED),
                body("an entity of nobody",     NOTIFICATION.replace("t1", "&who;"),                            Reason.MALFORMED),
                body("XInclude",                NOTIFICATION.replace("t1", "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>"), Reason.MALFORMED),
                body("a namespace",             NOTIFICATION.replace("<notification>", "<notification xmlns=\"urn:x\">"), Reason.MALFORMED),
                body("a prefix of nobody",      NOTIFICATION.replace("t1", "<xi:include href=\"x\"/>"),         Reason.MALFORMED),
                body("33 levels",               nested(33),                                                     Reason.TOO_DEEP),
                body("10,000 levels",           nested(10_000),                                                 Reason.TOO_DEEP),
                body("60,000 elements",         "<notification>" + "<a/>".repeat(60_000) + "</notification>",   Reason.TOO_DEEP),
                body("1,000 attributes",        "<notification " + attributes() + "/>",                         Reason.MALFORMED),
                body("an empty notification",   "<notification></notification>",                                Reason.MISSING_FIELD),
                body("no kind",                 NOTIFICATION.replaceAll("<kind>.*</kind>", ""),                 Reason.MISSING_FIELD),
                body("two kinds",               NOTIFICATION.replace("<kind>", "<kind>check</kind><kind>"),     Reason.MALFORMED),
                body("no subject",              NOTIFICATION.replaceAll("<subject>.*</subject>", ""),           Reason.MISSING_FIELD),
                body("no time",                 NOTIFICATION.replaceAll("<timestamp.*</timestamp>", ""),        Reason.MISSING_FIELD),
                body("no real time",            NOTIFICATION.replace(BraintreeSays.AT, "yesterday"),            Reason.INVALID_TIME),
                body("the far future",          NOTIFICATION.replace("2026", "2126"),                           Reason.TIME_OUT_OF_RANGE),
                body("no id",                   NOTIFICATION.replace("<id>t1</id>", ""),                        Reason.MISSING_FIELD),
                body("two ids",                 NOTIFICATION.replace("<id>", "<id>t0</id><id>"),                Reason.INVALID_ID),
                body("an id with a slash",      NOTIFICATION.replace("t1", "a/b"),                              Reason.INVALID_ID),
                body("no amount",               NOTIFICATION.replace("<amount>25.00</amount>", ""),             Reason.MISSING_FIELD),
                body("two amounts",             NOTIFICATION.replace("<amount>", "<amount>1.00</amount><amount>"), Reason.INVALID_AMOUNT),
                body("less than nothing",       NOTIFICATION.replace("25.00", "-25.00"),                        Reason.INVALID_AMOUNT),
                body("an amount in words",      NOTIFICATION.replace("25.00", "some"),                          Reason.INVALID_AMOUNT),
                body("a third of a cent",       NOTIFICATION.replace("25.00", "25.003"),                        Reason.WRONG_EXPONENT),
                body("no currency",             NOTIFICATION.replaceAll("<currency.*code>", ""),                Reason.MISSING_FIELD),
                body("a currency of no state",  NOTIFICATION.replace("USD", "ABC"),                             Reason.UNKNOWN_CURRENCY),
                body("a status of tomorrow",    NOTIFICATION.replace("transaction_settled", "transaction_retried").replace(">settled<", ">teleported<"), Reason.MALFORMED),
                body("a charge of nothing",     BraintreeSays.notification("subscription_charged_successfully", "<subscription><id>s</id></subscription>"), Reason.MISSING_FIELD),
                body("a day that is none",      BraintreeSays.notification("subscription_expired", "<subscription><id>s</id><billing-period-end-date>2026-02-30</billing-period-end-date></subscription>"), Reason.INVALID_TIME));
        // spotless:on
    }

    private static SenselessBody body(String name, String xml, Reason reason) {
        return new SenselessBody(name, Bytes.wrap(xml.getBytes(StandardCharsets.ISO_8859_1)), reason);
    }

    private static String entity(String is) {
        return "<!DOCTYPE notification [<!ENTITY e " + is + ">]>" + NOTIFICATION.replace("t1", "&e;");
    }

    private static String laughs() {
        var all = new StringBuilder("<!DOCTYPE notification [<!ENTITY l0 \"ha\">");
        for (var i = 1; i < 10; i++) {
            all.append("<!ENTITY l%d \"%s\">".formatted(i, ("&l" + (i - 1) + ";").repeat(10)));
        }
        return all + "]>" + NOTIFICATION.replace("t1", "&l9;");
    }

    private static String nested(int levels) {
        return "<notification>" + "<a>".repeat(levels - 1) + "</a>".repeat(levels - 1) + "</notification>";
    }

    private static String attributes() {
        var all = new StringBuilder();
        for (var i = 0; i < 1_000; i++) {
            all.append("a").append(i % 999).append("=\"\" ");
        }
        return all.toString();
    }
}
