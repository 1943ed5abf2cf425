package ipn.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.ThrottlingQuotaExceededException;
import org.junit.jupiter.api.Test;

class RegistryFailureTest {
    @Test
    void a_registry_that_cannot_be_reached_is_unavailable() {
        assertThat(RegistryFailure.isUnavailable(failed(new ConnectException("refused"))))
                .isTrue();
        assertThat(RegistryFailure.isUnavailable(failed(new SocketTimeoutException("read"))))
                .isTrue();
        assertThat(RegistryFailure.isUnavailable(failed(new UnknownHostException("registry"))))
                .isTrue();
        assertThat(RegistryFailure.isUnavailable(failed(new IOException(new ConnectException("refused")))))
                .isTrue();
    }

    @Test
    void a_registry_that_answers_with_a_server_error_is_unavailable() {
        assertThat(RegistryFailure.isUnavailable(failed(new RestClientException("starting", 503, 50301))))
                .isTrue();
    }

    @Test
    void an_unknown_schema_or_a_malformed_record_is_not_the_registry_being_unavailable() {
        assertThat(RegistryFailure.isUnavailable(failed(new RestClientException("not found", 404, 40403))))
                .isFalse();
        assertThat(RegistryFailure.isUnavailable(new SerializationException("Unknown magic byte!")))
                .isFalse();
        assertThat(RegistryFailure.isUnavailable(failed(new MalformedURLException("no protocol"))))
                .isFalse();
        assertThat(RegistryFailure.isUnavailable(failed(new IOException("bytes end too early"))))
                .isFalse();
        assertThat(RegistryFailure.isUnavailable(null)).isFalse();
    }

    @Test
    void a_check_believes_only_bytes_that_it_could_decode_and_schemas_that_nobody_knows() {
        assertThat(RegistryFailure.isOfRegistry(failed(new RestClientException("not yours", 401, 40101))))
                .isTrue();
        assertThat(RegistryFailure.isOfRegistry(failed(new ThrottlingQuotaExceededException("later"))))
                .isTrue();
        assertThat(RegistryFailure.isOfRegistry(failed(new SSLHandshakeException("unknown issuer"))))
                .isTrue();
        assertThat(RegistryFailure.isOfRegistry(failed(new ConnectException("refused"))))
                .isTrue();
        assertThat(RegistryFailure.isOfRegistry(failed(new RestClientException("not found", 404, 40403))))
                .isFalse();
        assertThat(RegistryFailure.isOfRegistry(failed(new EOFException()))).isFalse();
        assertThat(RegistryFailure.isOfRegistry(failed(new InvalidNumberEncodingException("Invalid long encoding"))))
                .isFalse();
        assertThat(RegistryFailure.isOfRegistry(new SerializationException("Unknown magic byte!")))
                .isFalse();
    }

    private static SerializationException failed(Exception cause) {
        return new SerializationException("Error deserializing Avro message", cause);
    }
}
