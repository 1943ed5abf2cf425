package ipn.gateway.shopify;

/** Bodies in short: JSON with single quotes. */
final class Bodies {
    static final String ORDER =
            "{'id': 55, 'admin_graphql_api_id': 'gid://shopify/Order/55', 'currency': 'USD', 'presentment_currency': 'USD', 'financial_status': 'paid', 'total_price': '25.00', 'total_price_set': {'shop_money': {'amount': '25.00', 'currency_code': 'USD'}, 'presentment_money': {'amount': '25.00', 'currency_code': 'USD'}}, 'cancelled_at': null, 'test': true, 'updated_at': '2026-09-01T08:00:00-04:00', 'note_attributes': [], 'line_items': [], 'refunds': []}";
    static final String TRANSACTION =
            "{'id': 66, 'order_id': 55, 'kind': 'sale', 'status': 'success', 'amount': '25.00', 'currency': 'USD', 'error_code': null, 'test': true, 'processed_at': '2026-09-01T08:00:00-04:00', 'admin_graphql_api_id': 'gid://shopify/OrderTransaction/66'}";
    static final String REFUND =
            "{'id': 12, 'order_id': 55, 'created_at': '2026-09-01T09:00:00-04:00', 'processed_at': '2026-09-01T09:00:00-04:00', 'admin_graphql_api_id': 'gid://shopify/Refund/12', 'transactions': [%s]}"
                    .formatted(TRANSACTION.replace("'id': 66", "'id': 67").replace("sale", "refund"));
    static final String DISPUTE =
            "{'id': 28, 'order_id': 55, 'type': 'chargeback', 'amount': '25.00', 'currency': 'USD', 'reason': 'fraudulent', 'status': 'needs_response', 'evidence_sent_on': null, 'finalized_on': null, 'initiated_at': '2026-09-02T08:00:00-04:00'}";
    static final String CONTRACT =
            "{'id': 14, 'admin_graphql_api_id': 'gid://shopify/SubscriptionContract/14', 'billing_policy': {'interval': 'month'}, 'customer_id': 77, 'status': 'active', 'revision_id': '9551835239'}";
    static final String ATTEMPT =
            "{'id': 15, 'order_id': 55, 'idempotency_key': 'k_1', 'subscription_contract_id': 14, 'ready': true, 'error_message': null, 'error_code': null}";
    static final String RISK = "{'order_id': 55, 'risk_level': 'HIGH', 'created_at': '2026-09-01T08:00:00-04:00'}";

    private Bodies() {}
}
