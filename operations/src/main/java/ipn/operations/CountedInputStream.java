package ipn.operations;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes read, to show progress. Not thread-safe. */
public final class CountedInputStream extends FilterInputStream {
    private long count;

    public CountedInputStream(InputStream in) {
        super(in);
    }

    /** Number of bytes read so far. */
    public long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        var next = super.read();
        count += next < 0 ? 0 : 1;
        return next;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        var got = super.read(bytes, from, length);
        count += Math.max(0, got);
        return got;
    }
}
