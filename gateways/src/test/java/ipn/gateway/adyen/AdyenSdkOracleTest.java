package ipn.gateway.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import com.adyen.model.notification.Amount;
import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.util.HMACValidator;
import ipn.conformance.GatewayUnderTest;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.content.Bytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adyen's own library as a witness, both ways. */
@Tag("sdk")
@Proves(Proof.SDK)
@Oracle("com.adyen:adyen-java-api-library")
class AdyenSdkOracleTest {
    private static final HMACValidator LIBRARY = new HMACValidator();

    @ParameterizedTest
    @ValueSource(
            strings = {"ord_1", "", "2026-09-01 12:00:00\\u_42", "a\\:b\\\\", "Zo\u00eb \u2603 \ud83d\ude00", "::::"})
    void adyens_library_and_we_believe_each_other(String reference) throws Exception {
        var item = item(reference);
        var signature = LIBRARY.calculateHMAC(item, AdyenSays.SECRET);
        var message = LIBRARY.getDataToSign(item);

        assertThat(AdyenSignature.sign(Bytes.utf8(message), AdyenSays.SECRET)).isEqualTo(signature);
        assertThat(isGenuine(body(reference, signature, 2500))).isTrue();
        item.setAdditionalData(
                new HashMap<>(Map.of("hmacSignature", AdyenSignature.sign(Bytes.utf8(message), AdyenSays.SECRET))));
        assertThat(LIBRARY.validateHMAC(item, AdyenSays.SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ord_1", "a:b"})
    void a_changed_amount_is_refused_by_both(String reference) throws Exception {
        var item = item(reference);
        var signature = LIBRARY.calculateHMAC(item, AdyenSays.SECRET);
        item.setAdditionalData(new HashMap<>(Map.of("hmacSignature", signature)));
        item.getAmount().setValue(1L);

        assertThat(LIBRARY.validateHMAC(item, AdyenSays.SECRET)).isFalse();
        assertThat(isGenuine(body(reference, signature, 1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"type\":\"recurring.token.created\"}", "{\"a\":\"Zo\u00eb\"}", "{}"})
    void a_whole_body_is_signed_alike(String body) throws Exception {
        var signature = LIBRARY.calculateHMAC(body, AdyenSays.SECRET);
        var ours = AdyenSignature.sign(Bytes.utf8(body), AdyenSays.SECRET);

        assertThat(ours).isEqualTo(signature);
        assertThat(LIBRARY.validateHMAC(ours, AdyenSays.SECRET, body)).isTrue();
        assertThat(LIBRARY.validateHMAC(ours, AdyenSays.SECRET, body + " ")).isFalse();
        assertThat(judge(body, Map.of("hmacsignature", List.of(signature)))).isTrue();
        assertThat(judge(body + " ", Map.of("hmacsignature", List.of(signature))))
                .isFalse();
    }

    private static NotificationRequestItem item(String reference) {
        var item = new NotificationRequestItem();
        item.setPspReference("PSP1");
        item.setMerchantAccountCode("TestMerchantECOM");
        item.setMerchantReference(reference);
        item.setAmount(new Amount().value(2500L).currency("USD"));
        item.setEventCode("AUTHORISATION");
        item.setSuccess(true);
        return item;
    }

    private static String body(String reference, String signature, long value) {
        var item = AdyenSays.item("{'amount':{'value':%s,'currency':'USD'}}".formatted(Long.toString(value)));
        item.put("merchantReference", reference);
        item.withObjectProperty("additionalData").put("hmacSignature", signature);
        return "{\"live\":\"false\",\"notificationItems\":[{\"NotificationRequestItem\":" + item + "}]}";
    }

    private static boolean isGenuine(String body) {
        return judge(body, Map.of());
    }

    private static boolean judge(String body, Map<String, List<String>> headers) {
        var delivery = new Delivery(headers, Bytes.utf8(body), GatewayUnderTest.RECEIVED_AT);
        return AdyenSays.open(AdyenSays.USUAL)
                        .authenticate(delivery, GatewayUnderTest.SIGNED_AT)
                        .toCompletableFuture()
                        .join()
                instanceof Genuine;
    }
}
