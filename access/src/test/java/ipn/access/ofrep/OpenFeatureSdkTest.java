package ipn.access.ofrep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.contrib.providers.ofrep.OfrepProvider;
import dev.openfeature.contrib.providers.ofrep.OfrepProviderOptions;
import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import ipn.access.Served;
import ipn.client.AccessKey;
import ipn.client.testkit.FakeAccess;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenFeature's published Java SDK and OFREP provider, unchanged. */
class OpenFeatureSdkTest {
    private static final FakeAccess ACCESS = new FakeAccess()
            .grant("u_1", "premium")
            .decide(AccessKey.of("u_1", "promotion", "post_7"), granted -> granted);
    private static Served served;
    private static Client client;

    @BeforeAll
    static void start() {
        served = Served.of(ACCESS);
        var options = OfrepProviderOptions.builder().baseUrl(served.url()).build();
        OpenFeatureAPI.getInstance().setProviderAndWait(OfrepProvider.constructProvider(options));
        client = OpenFeatureAPI.getInstance().getClient();
    }

    @AfterAll
    static void stop() {
        OpenFeatureAPI.getInstance().shutdown();
        served.close();
    }

    @Test
    void evaluates_an_entitlement() {
        ACCESS.setAge(Duration.ZERO);
        var flag = client.getBooleanDetails("premium", false, new ImmutableContext("u_1"));

        assertThat(flag.getValue()).isTrue();
        assertThat(flag.getErrorCode()).isNull();
        assertThat(flag.getReason()).isEqualTo("TARGETING_MATCH");
        assertThat(flag.getVariant()).isEqualTo("active");
        assertThat(flag.getFlagMetadata().getString("decidedBy")).isEqualTo("fake/main/u_1");
        assertThat(client.getBooleanValue("premium", true, new ImmutableContext("u_2")))
                .isFalse();
        assertThat(client.getBooleanValue("promotion", false, new MutableContext("u_1").add("scope", "post_7")))
                .isTrue();
    }

    @Test
    void falls_back_to_its_default_while_nothing_is_known() {
        ACCESS.setNotLoaded();
        var flag = client.getBooleanDetails("premium", true, new ImmutableContext("u_2"));

        assertThat(flag.getValue()).isTrue();
        assertThat(flag.getErrorCode()).isEqualTo(ErrorCode.GENERAL);
        ACCESS.setAge(Duration.ZERO);
        var noSubject = client.getBooleanDetails("premium", true, new ImmutableContext());
        assertThat(noSubject.getErrorCode()).isEqualTo(ErrorCode.INVALID_CONTEXT);
    }
}
