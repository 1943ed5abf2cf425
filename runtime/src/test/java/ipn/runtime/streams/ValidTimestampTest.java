package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidTimestampTest {
    @ParameterizedTest
    @CsvSource({
        "1764412800000,       5,             1764412800000",
        "0,                   5,             0",
        "-1,                  5,             5",
        "-1,                  -1,            0",
        "9223372036854775807, 1764412800000, 1764412800000",
        "253402300799999,     5,             253402300799999",
        "253402300800000,     5,             5",
    })
    void a_time_that_no_calendar_shows_is_the_newest_of_the_partition(long timestamp, long newest, long taken) {
        var record = new ConsumerRecord<Object, Object>(
                "ipn.orders",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());
        assertThat(new ValidTimestamp().extract(record, newest)).isEqualTo(taken);
    }
}
