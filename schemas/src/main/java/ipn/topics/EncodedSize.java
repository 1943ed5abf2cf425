package ipn.topics;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** Measures how many bytes Avro records have when they are written, without keeping the bytes. */
public final class EncodedSize {
    private final SpecificDatumWriter<SpecificRecord> writer;
    private final Count count = new Count();
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(count, null);

    /** @param schema of the records */
    public EncodedSize(Schema schema) {
        writer = new SpecificDatumWriter<>(schema);
    }

    /** Bytes of one record. */
    public int of(SpecificRecord written) {
        try {
            count.bytes = 0;
            writer.write(written, encoder);
            encoder.flush();
            return count.bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("a record cannot be written to memory", e);
        }
    }

    /**
     * Those that fit, in their order; one that does not fit makes room for the next.
     *
     * @param max how many, of {@code bytesMax} in all
     */
    public <T extends SpecificRecord> List<T> fitting(Stream<T> ranked, int max, int bytesMax) {
        var kept = new ArrayList<T>();
        var bytes = 0;
        for (var each : (Iterable<T>) ranked::iterator) {
            var more = kept.size() < max ? of(each) : 0;
            if (kept.size() < max && bytes + more <= bytesMax) {
                bytes += more;
                kept.add(each);
            }
        }
        return kept;
    }

    private static final class Count extends OutputStream {
        private int bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
        }
    }
}
