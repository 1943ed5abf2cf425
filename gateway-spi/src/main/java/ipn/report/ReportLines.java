package ipn.report;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Item;
import ipn.gateway.References;
import ipn.gateway.StoredDelivery;
import ipn.gateway.Translation;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Headers;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recognizes and translates records that are report lines. */
public final class ReportLines {
    /**
     * Prefix of the header value; the name of the operator who wrote the record follows. A delivery of a gateway cannot have this
     * value: the ingress writes the header, and a scheme of a {@link ipn.gateway.Verdict.Genuine} has no slash. The content type
     * has no effect, because the sender chooses it.
     */
    public static final String WRITTEN_BY = "report/";

    /** Below every rank of a gateway: a notification with the same time overrides the report line. */
    private static final long SEQUENCE = -1;

    private ReportLines() {}

    /** Whether a raw record is a report line. */
    public static boolean isOne(StoredDelivery stored) {
        return stored.header(Headers.VERIFIED_BY)
                .filter(by -> by.startsWith(WRITTEN_BY))
                .isPresent();
    }

    /** Identifies a report line. Cheap, never throws. */
    public static Item item(AccountId account, Bytes document) {
        try {
            var root = StrictJson.read(document);
            var id = root.at("id").required().glance().orElse("");
            var payment = id(root, "payment");
            return new Item(
                    0,
                    account.keyOf(payment),
                    ReportLine.eventKey(account, id),
                    kind(root).type());
        } catch (RefusedException e) {
            return Item.unidentified(account, document);
        }
    }

    /** Translates a report line. Never throws. */
    public static Translation translate(Delivery delivery) {
        return Translation.orRefused(() -> {
            var root = StrictJson.read(delivery.body());
            var kind = kind(root);
            var amount = money(root, "amount");
            var facts = new ArrayList<Fact>();
            facts.add(fact(root, kind, amount));
            facts.addAll(references(root.at("references")));
            var time = root.at("occurredAt").required();
            var occurredAt = new Times(delivery.receivedAt())
                    .occurred(Times.iso(time.glance().orElse(""), time.pointer()), time.pointer());
            return new EventContent(SEQUENCE, Optional.of(amount), facts).translation(kind.type(), occurredAt);
        });
    }

    private static Fact fact(JsonField root, ReportLine.Kind kind, Money amount) {
        var id = id(root, "fact");
        return switch (kind) {
            case CAPTURE ->
                new Fact.Captured(
                        id, amount, root.at("fee").isPresent() ? Optional.of(money(root, "fee")) : Optional.empty());
            case REFUND -> new Fact.Refund(id, amount, RefundStatus.SUCCEEDED);
        };
    }

    private static ReportLine.Kind kind(JsonField root) {
        var field = root.at("kind").required();
        for (var kind : ReportLine.Kind.values()) {
            if (field.glance().equals(Optional.of(kind.word()))) {
                return kind;
            }
        }
        throw new RefusedException(Reason.MALFORMED, "/kind: neither capture nor refund");
    }

    private static String id(JsonField root, String name) {
        return root.at(name).required().id().orElseThrow();
    }

    /** The amount is already in the minor units of ISO 4217. */
    private static Money money(JsonField root, String name) {
        BigDecimal units = root.at(name).number(Reason.INVALID_AMOUNT);
        var currency = root.at("currency").required().glance().orElse("");
        return Amounts.ISO.ofUnits(units, currency, "/" + name);
    }

    private static List<Fact> references(JsonField words) {
        var found = new ArrayList<Fact>();
        for (var name : ReferenceName.values()) {
            if (words.at(name.key()).isPresent()) {
                found.add(References.reference(name, words.at(name.key())));
            }
        }
        return found;
    }
}
