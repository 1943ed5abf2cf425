package ipn.client.follow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import ipn.avro.Entitlement;
import ipn.client.AccessDecision;
import ipn.client.AccessKey;
import ipn.client.AccessStatus;
import ipn.client.store.CompactStore.Change;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class EntitlementDecoderTest {
    private static final byte[] KEY = "u_42/premium".getBytes(UTF_8);

    private final EntitlementDecoder decoder = new EntitlementDecoder(TestRecords.schemas());

    @Test
    void a_schema_that_cannot_be_found_now_is_asked_for_again() throws IOException {
        var known = new boolean[1];
        var asking = new EntitlementDecoder(id -> {
            if (!known[0]) {
                throw new IOException("away");
            }
            return Entitlement.getClassSchema().toString();
        });
        assertThatThrownBy(() -> asking.decode(KEY, value())).isInstanceOf(IOException.class);
        known[0] = true;
        assertThat(asking.decode(KEY, value())).isPresent();
    }

    @Test
    void what_is_no_entitlement_is_no_change() throws IOException {
        assertThat(decoder.decode(null, value())).isEmpty();
        assertThat(decoder.decode(KEY, new byte[0])).isEmpty();
        assertThat(decoder.decode(KEY, new byte[] {1, 0, 0, 0, TestRecords.SCHEMA}))
                .isEmpty();
        assertThat(decoder.decode("one-part".getBytes(UTF_8), null)).isEmpty();
        var whole = value();
        for (var length = 5; length < whole.length; length++) {
            assertThat(decoder.decode(KEY, Arrays.copyOf(whole, length))).isEmpty();
        }
        assertThat(decoder.decode(KEY, whole)).isPresent();
    }

    @Test
    void a_record_without_a_value_deletes_its_key() throws IOException {
        assertThat(decoder.decode("a%2Fb/promotion/x%252Fy".getBytes(UTF_8), null))
                .contains(new Change(AccessKey.of("a/b", "promotion", "x%2Fy"), null));
    }

    /** A later version of the pipeline may write other codes, other fields and none of the optional ones. */
    @Test
    void a_record_of_a_later_schema_is_read() throws IOException {
        var event = new Schema.Parser().parse("""
                {"type": "record", "name": "E", "fields": [
                  {"name": "added", "type": {"type": "map", "values": "long"}},
                  {"name": "subject", "type": "string"}, {"name": "entitlement", "type": "string"},
                  {"name": "revision", "type": "long"},
                  {"name": "status", "type": {"type": "enum", "name": "S", "symbols": ["LENT"]}},
                  {"name": "reason", "type": {"type": "enum", "name": "R", "symbols": ["BIRTHDAY"]}},
                  {"name": "decidedAt", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                  {"name": "policyVersion", "type": "string"}]}""");
        var state = Schema.createRecord("State", null, null, false);
        state.setFields(List.of(new Schema.Field("last", event)));
        var last = new GenericRecordBuilder(event)
                .set("added", Map.of("x", 1L))
                .set("subject", "u_42")
                .set("entitlement", "premium")
                .set("revision", 3L)
                .set("status", new GenericData.EnumSymbol(event, "LENT"))
                .set("reason", new GenericData.EnumSymbol(event, "BIRTHDAY"))
                .set("decidedAt", 0L)
                .set("policyVersion", "p")
                .build();
        var later = new EntitlementDecoder(id -> state.toString());

        var change = later.decode(
                KEY, encoded(new GenericRecordBuilder(state).set("last", last).build()));

        assertThat(change.map(Change::decision))
                .hasValueSatisfying(decision -> assertThat(decision)
                        .extracting(AccessDecision::status, AccessDecision::reason, AccessDecision::until)
                        .containsExactly(AccessStatus.UNKNOWN, "BIRTHDAY", Optional.empty()));
    }

    private static byte[] encoded(GenericRecord record) throws IOException {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 0, 0, 0, 9});
        var encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] value() throws IOException {
        return TestRecords.value(new ObjectMapper().readTree("""
                {"last": {"eventId": "e", "type": "GRANTED", "subject": "u_42", "entitlement": "premium", "scope": null, "revision": 1,
                  "status": "ACTIVE", "from": null, "until": null, "graceUntil": null, "reason": "PAID", "product": null,
                  "paymentKey": null, "order": null, "discrepancy": null, "test": true,
                  "cause": {"eventKey": "k", "topic": "t", "partition": 0, "offset": 0, "byClock": false},
                  "policyVersion": "p", "decidedAt": 0}, "withheld": null}"""));
    }
}
