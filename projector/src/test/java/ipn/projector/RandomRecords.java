package ipn.projector;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

/** Records of a schema with any values in every field. */
public final class RandomRecords {
    private RandomRecords() {}

    /** The same records for the same schema. */
    public static <R extends SpecificRecord> Stream<R> of(Schema schema, int count) {
        return IntStream.range(0, count)
                .mapToObj(seed -> read(
                        schema,
                        new RandomData(schema, 1, (long) seed, false).iterator().next()));
    }

    private static <R extends SpecificRecord> R read(Schema schema, Object random) {
        try {
            var bytes = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            new GenericDatumWriter<>(schema).write(random, encoder);
            encoder.flush();
            var decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
            return new SpecificDatumReader<R>(schema).read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException("a record cannot be written to memory", e);
        }
    }
}
