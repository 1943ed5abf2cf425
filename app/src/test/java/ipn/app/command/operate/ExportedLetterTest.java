package ipn.app.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.output.JsonView;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.topic.Position;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportedLetterTest {
    private static final Position LINE = new Position("letters.jsonl", 0, 7);

    @Test
    void is_read_as_it_was_written_byte_for_byte() {
        var written = new ConsumerRecord<>("ipn.dlq", 3, 17, (byte[]) null, new byte[] {0, -1, '"', '\n'});
        written.headers().add("ipn.dlq.id", "a".getBytes(UTF_8)).add("ipn.dlq.id", null);
        var letter = ExportedLetter.of("cluster-1", DeadLetter.undecided(written), written);

        var read = ExportedLetter.read(JsonView.line(letter), LINE).orElseThrow();

        assertThat(read.cluster()).isEqualTo("cluster-1");
        assertThat(read.record().key()).isNull();
        assertThat(read.record().value()).isEqualTo(written.value());
        assertThat(read.record().serializedValueSize()).isEqualTo(4);
        assertThat(read.record().headers()).containsExactlyElementsOf(written.headers());
        assertThat(Position.of(read.record())).as("not what the file says").isEqualTo(LINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "{'cluster':'c','headers':[],'key':null}",
                "{'cluster':'c','headers':[],'body':null}",
                "{'cluster':'c','headers':[],'key':null,'body':5}",
                "{'cluster':'c','headers':[],'key':null,'body':'not base64!'}",
                "{'cluster':'c','headers':[{'name':'x'}],'key':null,'body':null}",
                "{'cluster':'c','headers':[{'value':null}],'key':null,'body':null}",
                "{'cluster':'c','headers':[{'name':null,'value':null}],'key':null,'body':null}",
                "{'cluster':'c','key':null,'body':null}",
                "{'headers':[],'key':null,'body':null}",
                "{'cluster':'c','headers':[],'key':null,'body':null} {}"
            })
    void is_not_made_of_anything_else(String line) {
        assertThat(ExportedLetter.read(line.replace('\'', '"'), LINE)).isEmpty();
    }
}
