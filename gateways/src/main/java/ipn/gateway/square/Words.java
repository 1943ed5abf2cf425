package ipn.gateway.square;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.EventContent;
import ipn.gateway.References;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.PackedWords;
import java.util.List;
import java.util.Optional;

/**
 * The merchant's references. A payment has two fields for them: {@code reference_id}, which is the order, and {@code
 * note}, into which several may be packed. Invoices and subscriptions have only the customer.
 *
 * @param subject the field that is the subject where the references contain none
 */
record Words(References references, Subject subject) {
    /** Square's fields that can be the subject. */
    enum Subject {
        /** None: only packed references contain a subject. */
        NONE,
        /** The customer's id at Square. */
        CUSTOMER_ID,
        /** The whole note of a payment, where it contains no packed references. */
        NOTE
    }

    /** The references of a payment. */
    List<Fact> ofPayment(JsonField payment) {
        var note = payment.at("note");
        var packed = packed(note);
        var content = new EventContent(0, Optional.empty(), packed);
        if (isMissing(ReferenceName.ORDER, packed) && payment.at("reference_id").isPresent()) {
            content = content.and(List.of(References.reference(ReferenceName.ORDER, payment.at("reference_id"))));
        }
        if (isMissing(ReferenceName.SUBJECT, packed)) {
            content = content.and(
                    subject == Subject.NOTE && packed.isEmpty() ? whole(note) : customer(payment.at("customer_id")));
        }
        return content.facts();
    }

    /** The customer as subject, where the setting selects the customer. */
    List<Fact> customer(JsonField customer) {
        return subject == Subject.CUSTOMER_ID ? whole(customer) : List.of();
    }

    private List<Fact> packed(JsonField note) {
        return note.glance()
                .flatMap(text -> PackedWords.in(text, note.pointer()))
                .map(words -> references.in(List.of(words)))
                .orElse(List.of());
    }

    private static List<Fact> whole(JsonField field) {
        return field.isPresent() ? List.of(References.reference(ReferenceName.SUBJECT, field)) : List.of();
    }

    private static boolean isMissing(ReferenceName name, List<Fact> facts) {
        return facts.stream().noneMatch(fact -> fact.id().equals(name.key()));
    }
}
