package ipn.gateway.braintree;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.Form;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The two fields of a body. They contain payment data: never print or log them.
 *
 * @param signature empty if absent
 * @param payload base64 with line breaks, exactly as sent; empty if absent
 */
record BraintreeMessage(String signature, String payload) {
    /** A subscription contains its newest 20 transactions, so payloads are large. */
    private static final int PAYLOAD_BYTES_MAX = 1024 * 1024;

    /** @throws RefusedException see {@link Form} */
    static BraintreeMessage of(Bytes body) {
        var fields = Form.decode(body, named -> StandardCharsets.UTF_8, PAYLOAD_BYTES_MAX)
                .fields();
        return new BraintreeMessage(fields.getOrDefault("bt_signature", ""), fields.getOrDefault("bt_payload", ""));
    }

    /**
     * The content of {@code <notification>}.
     *
     * @throws RefusedException MALFORMED or TOO_DEEP
     */
    JsonField notification() {
        return StrictXml.read(Bytes.wrap(xml()), "notification");
    }

    private byte[] xml() {
        try {
            return Base64.getMimeDecoder().decode(payload);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.MALFORMED, "bt_payload: not base64");
        }
    }

    @Override
    public String toString() {
        return "BraintreeMessage[%s characters]".formatted(Integer.toString(payload.length()));
    }
}
