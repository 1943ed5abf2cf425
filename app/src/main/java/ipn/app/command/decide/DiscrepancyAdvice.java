package ipn.app.command.decide;

import ipn.app.output.Shell;
import ipn.avro.Discrepancy;
import ipn.avro.DiscrepancyState;
import ipn.decision.DiscrepancyOptions;
import ipn.operations.decision.DiscrepancyDecisions.Details;

/** What to do next about a discrepancy: what is usually right for its kind first, and when which decision is right. */
record DiscrepancyAdvice(Details details) {
    private static final String REFUND =
            "refund it at the gateway; the discrepancy closes by itself when the refund arrives";

    String next() {
        var discrepancy = details.discrepancy();
        var counting = details.decisions().stream()
                .filter(view -> view.decision().getDecisionId().equals(discrepancy.getDecision()))
                .findFirst();
        if (counting.isPresent()) {
            return "ipn discrepancy undo %s --why '...'"
                    .formatted(counting.get().decision().getDecisionId());
        }
        return discrepancy.getState() == DiscrepancyState.CLOSED
                ? "nothing: it does not hold any more"
                : open(discrepancy);
    }

    private String open(Discrepancy discrepancy) {
        return switch (discrepancy.getKind()) {
            case DUPLICATE_PAYMENT -> REFUND + ". Only if the user meant to pay twice: " + accept();
            case UNDERPAID -> "if the user shall have it for less: %s. Otherwise %s".formatted(accept(), REFUND);
            case OVERPAID ->
                "if the user shall have it: %s, and refund what is too much at the gateway, because accepting returns no money. Otherwise %s"
                        .formatted(accept(), REFUND);
            case CURRENCY_MISMATCH ->
                DiscrepancyOptions.of(discrepancy).accept()
                        ? "if the money is worth the price: %s. Otherwise %s".formatted(accept(), REFUND)
                        : "refund it at the gateway, then " + dismiss();
            case LATE -> "if it can still be delivered: %s. Otherwise %s".formatted(accept(), REFUND);
            case WRONG_ACCOUNT ->
                "if that account is yours and shall sell this: %s. Otherwise %s".formatted(accept(), REFUND);
            case NO_ORDER ->
                "look for an order of the user that nothing pays ('ipn explain'). If the money shall grant without an order: %s. Otherwise %s"
                        .formatted(accept(), REFUND);
            case UNKNOWN_ORDER ->
                "if the checkout has written the order late, it closes by itself. If the id is mistyped and an order of the user waits ('ipn explain'): %s, and dismiss that order's MISSING. Otherwise %s"
                        .formatted(accept(), REFUND);
            case UNKNOWN_AMOUNT ->
                "find the amount in the gateway's dashboard; if it is the price: %s. Otherwise %s"
                        .formatted(accept(), REFUND);
            case UNSOLD_TRIAL ->
                "if the trial is sold, correct products in the settings. To accept this one only: %s. Otherwise end it at the gateway"
                        .formatted(accept());
            case NO_SUBJECT -> assign("--user ...", "find out who paid");
            case NO_SCOPE -> assign("--scope ...", "find out what it is for");
            case NO_PRODUCT -> assign("--product ...", "find out what was bought");
            case UNKNOWN_PRODUCT ->
                assign(
                        "--product ...",
                        "if it is sold, add it to products in the settings, which corrects all of its kind; else find out what was bought");
            case WRONG_MODE ->
                "nothing is owed: test money. If it repeats, correct the mode of the account or the sender. "
                        + dismiss();
            case MISSING ->
                "if a payment of the user names another order or none, decide about that payment first ('ipn order show'). If nothing was paid: "
                        + dismiss();
            case TOO_MANY_PAYMENTS, UNKNOWN ->
                "nothing to decide: " + details.options().why();
        };
    }

    private String assign(String what, String before) {
        return "%s, then: ipn discrepancy assign %s %s --why '...' --dry-run. Otherwise %s"
                .formatted(before, id(), what, REFUND);
    }

    private String accept() {
        return "ipn discrepancy accept %s --why '...' --dry-run".formatted(id());
    }

    private String dismiss() {
        return "ipn discrepancy dismiss %s --why '...'".formatted(id());
    }

    private String id() {
        return Shell.quoted(details.discrepancy().getDiscrepancyId());
    }
}
