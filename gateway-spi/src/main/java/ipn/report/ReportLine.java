package ipn.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A movement of money that a settlement report contains and no notification reported, as written to {@code ipn.raw}.
 *
 * @param id of the line, the same in every report that contains the line
 * @param payment the gateway's id that all facts of the payment share
 * @param fact the id of the capture or the refund in the gateway's own notification
 * @param fee the gateway's fee, in the currency of the amount; empty if the report does not contain it
 * @param occurredAt time according to the report
 * @param report name of the file, for people
 * @param line line number in the file, from 1
 * @param references the merchant's references, if the report contains them
 */
public record ReportLine(
        String id,
        Kind kind,
        String payment,
        String fact,
        Money amount,
        Optional<Money> fee,
        Instant occurredAt,
        String report,
        long line,
        Map<ReferenceName, String> references) {
    public static final String CONTENT_TYPE = "application/vnd.ipn.report-line+json";

    /** The kind of movement. The words are a storage format. */
    public enum Kind {
        CAPTURE("ipn.report.capture", "capture"),
        REFUND("ipn.report.refund", "refund");

        private final String type;
        private final String word;

        Kind(String type, String word) {
            this.type = type;
            this.word = word;
        }

        /** The event type, as in {@code ce_type}. */
        public String type() {
            return type;
        }

        /** The name in the document. */
        String word() {
            return word;
        }
    }

    public ReportLine {
        var sorted = new EnumMap<ReferenceName, String>(ReferenceName.class);
        sorted.putAll(references);
        references = sorted;
    }

    /** The item with the payment key, and with the event key that identifies repetitions of the line. */
    public Item item(AccountId account) {
        return new Item(0, account.keyOf(payment), eventKey(account, id), kind.type());
    }

    static String eventKey(AccountId account, String id) {
        return account.key("report:" + Item.keyPart(id));
    }

    /** The value of the raw record: one JSON object, identical for identical lines. */
    public Bytes document() {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("id", id);
        root.put("kind", kind.word());
        root.put("payment", payment);
        root.put("fact", fact);
        root.put("amount", amount.minorUnits());
        root.put("currency", amount.currency());
        fee.ifPresent(money -> root.put("fee", money.minorUnits()));
        root.put("occurredAt", occurredAt.toString());
        root.put("report", report);
        root.put("line", line);
        if (!references.isEmpty()) {
            var words = root.putObject("references");
            references.forEach((name, word) -> words.put(name.key(), word));
        }
        return Bytes.utf8(root.toString());
    }
}
