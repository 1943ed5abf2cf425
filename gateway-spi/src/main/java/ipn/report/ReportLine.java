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
 * Money that a settlement report contains and no notification reported, as it is written to {@code ipn.raw}.
 *
 * @param id of the line, the same in every report that has it
 * @param payment the gateway's id on which the facts of the payment meet
 * @param fact the id that the gateway's own notification would give the capture or the refund
 * @param fee what the gateway kept, in the currency of the amount; empty where the report does not say
 * @param occurredAt by the report
 * @param report name of the file, for people
 * @param line number of the line in it, from 1
 * @param references the merchant's own words, where the report has them
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

    /** What the money did; a storage format. */
    public enum Kind {
        CAPTURE("ipn.report.capture", "capture"),
        REFUND("ipn.report.refund", "refund");

        private final String type;
        private final String word;

        Kind(String type, String word) {
            this.type = type;
            this.word = word;
        }

        /** Event type, as in {@code ce_type}. */
        public String type() {
            return type;
        }

        /** As it stands in the document. */
        String word() {
            return word;
        }
    }

    public ReportLine {
        var sorted = new EnumMap<ReferenceName, String>(ReferenceName.class);
        sorted.putAll(references);
        references = sorted;
    }

    /** Where it belongs, and by which key its repetition is known. */
    public Item item(AccountId account) {
        return new Item(0, account.keyOf(payment), eventKey(account, id), kind.type());
    }

    static String eventKey(AccountId account, String id) {
        return account.key("report:" + Item.keyPart(id));
    }

    /** The value of its raw record: one JSON object, always written the same way. */
    public Bytes document() {
        var root = JsonNodeFactory.instance.objectNode();
        root.put("id", id);
        root.put("kind", kind.word());
        root.put("payment", payment);
        root.put("fact", fact);
        root.put("amount", amount.minorUnits());
        root.put("currency", amount.currency());
        fee.ifPresent(kept -> root.put("fee", kept.minorUnits()));
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
