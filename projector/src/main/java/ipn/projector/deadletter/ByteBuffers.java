package ipn.projector.deadletter;

import ipn.topics.ByteLimits;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Bytes of Avro records and of Kafka records. */
final class ByteBuffers {
    private ByteBuffers() {}

    static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        var copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    /** The first bytes of what is too large to be kept. */
    static @Nullable ByteBuffer excerpt(byte @Nullable [] bytes) {
        return bytes == null
                ? null
                : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, ByteLimits.EXCERPT))
                        .slice();
    }
}
