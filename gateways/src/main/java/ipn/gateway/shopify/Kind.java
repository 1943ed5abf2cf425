package ipn.gateway.shopify;

import ipn.gateway.content.JsonField;
import java.util.List;
import java.util.Optional;

/**
 * The kind of object in a body, recognized by its fields. The topic is not signed, so the body must confirm it: fields
 * that only this kind has must be present, fields that only another kind has must be absent, and {@code
 * admin_graphql_api_id}, where present, must name this kind.
 */
enum Kind {
    ORDER(
            "Order",
            "id",
            "",
            List.of("id", "financial_status"),
            List.of("order_id", "kind", "subscription_contract_id")),
    TRANSACTION("OrderTransaction", "order_id", "", List.of("id", "order_id", "kind"), List.of("transactions")),
    REFUND("Refund", "order_id", "", List.of("id", "order_id", "transactions"), List.of("kind", "financial_status")),
    DISPUTE("", "order_id", "", List.of("id", "reason", "initiated_at"), List.of("kind", "transactions")),
    RISK("", "order_id", "", List.of("order_id", "risk_level"), List.of("kind", "transactions", "financial_status")),
    CONTRACT("SubscriptionContract", "id", "contract:", List.of("id", "billing_policy"), List.of("financial_status")),
    ATTEMPT(
            "SubscriptionBillingAttempt",
            "subscription_contract_id",
            "contract:",
            List.of("subscription_contract_id", "idempotency_key"),
            List.of("financial_status", "kind"));

    private final String name;
    private final String keyField;
    private final String keyPrefix;
    private final List<String> has;
    private final List<String> lacks;

    Kind(String name, String keyField, String keyPrefix, List<String> has, List<String> lacks) {
        this.name = name;
        this.keyField = keyField;
        this.keyPrefix = keyPrefix;
        this.has = has;
        this.lacks = lacks;
    }

    /** True where the body can be of this kind. */
    boolean is(JsonField body) {
        var graphqlId = body.at("admin_graphql_api_id").glance();
        return has.stream().noneMatch(field -> body.at(field).node().isMissingNode())
                && lacks.stream().allMatch(field -> body.at(field).node().isMissingNode())
                && graphqlId
                        .map(id -> id.startsWith("gid://shopify/" + name + "/"))
                        .orElse(true);
    }

    /**
     * The id in the payment key: the order's id, or the contract's id with a prefix that separates contracts from
     * orders.
     */
    Optional<String> paymentId(JsonField body) {
        return body.at(keyField).glanceId().map(keyPrefix::concat);
    }
}
