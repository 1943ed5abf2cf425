package ipn.projector.order;

import ipn.avro.PaymentState;
import ipn.avro.SettledOrder;
import ipn.projector.ledger.Books;
import ipn.projector.ledger.Books.Place;
import ipn.projector.ledger.Recognitions;
import ipn.projector.ledger.Sheet;
import ipn.projector.settlement.Assessment;
import ipn.projector.settlement.Recognised;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The books of an order: what the money of those who pay for it is for. Their cash is booked where it was taken. */
final class OrderBooks {
    private OrderBooks() {}

    /** @param byPayer what each payer's money means, by payment key */
    static Books.Step of(Books books, SettledOrder before, SettledOrder after, Map<String, Assessment> byPayer) {
        var told = new Books.Step(before.getPosted(), before.getEntries(), List.of());
        var sheet = new Sheet();
        byPayer.forEach((key, assessment) -> {
            var payer = Objects.requireNonNull(after.getPayers().get(key), "assessed");
            var payers = new ArrayList<PaymentState>(payer.getSettledBy());
            payers.add(payer.getOwn());
            new Recognitions(Recognised.recognised(payer.getOwn(), payer.getSettledBy(), assessment), payers)
                    .into(sheet);
        });
        var earlier = place(before);
        return told.posted().isEmpty() || earlier.equals(place(after))
                ? books.tell(place(after), told, sheet)
                : books.tell(place(after), books.tell(earlier, told, new Sheet()), sheet);
    }

    private static Place place(SettledOrder settled) {
        var order = settled.getOrder();
        var test = order == null
                ? settled.getPayers().values().stream()
                        .noneMatch(payer -> payer.getOwn().getLive())
                : !order.getLive();
        return new Place(settled.getOrderId(), settled.getOrderId(), test);
    }
}
