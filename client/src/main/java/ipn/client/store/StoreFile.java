package ipn.client.store;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A store on disk: all entries, then the changes since, in frames with checksums. Changes are appended before they are visible, so that a
 * process that was killed does not go back behind what it has answered. The file is replaced as a whole when it has grown to twice its size.
 */
public final class StoreFile implements Closeable {
    private static final String FORMAT = "ipn-access-1";
    private static final int FRAME_MAX = 256 * 1024 * 1024;
    private static final int FRAME_USUAL = 1024 * 1024;
    private static final int FRAME_HEAD = 2 * Integer.BYTES;
    private static final long GROWTH_MIN = 16L * 1024 * 1024;
    private static final int HEAD = 1;
    private static final int CHANGES = 2;
    private static final int POSITION = 3;

    private final Path path;
    private final String topic;
    private final FileChannel lockFile;
    private final FileLock lock;
    private @Nullable FileChannel channel;
    private CompactStore.@Nullable Writer writer;
    private long sizeWhenWhole;

    private StoreFile(Path path, String topic, FileChannel lockFile, FileLock lock) {
        this.path = path;
        this.topic = topic;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * What a file contained.
     *
     * @param position up to where the topic is contained
     */
    public record Loaded(CompactStore store, Position position) {}

    /**
     * Takes a file for this process.
     *
     * @throws IOException if another process has it, or it cannot be written
     */
    public static StoreFile open(Path path, String topic) throws IOException {
        var folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var lockFile = FileChannel.open(
                path.resolveSibling(path.getFileName() + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            var lock = lockFile.tryLock();
            if (lock != null) {
                return new StoreFile(path, topic, lockFile, lock);
            }
        } catch (OverlappingFileLockException e) {
            // this process has it
        }
        lockFile.close();
        throw new IOException("%s: in use (expected: a file of its own for each cache)".formatted(path));
    }

    /** Reads the file; empty if there is none, it is damaged, or it is of another topic or format. What is damaged at its end is left out. */
    public Optional<Loaded> load() throws IOException {
        var store = new CompactStore();
        var position = Position.START;
        var good = 0L;
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path), 1 << 16))) {
            for (var frame = frame(in); frame != null; frame = frame(in)) {
                var read = new ByteReader(frame, 0);
                switch (read.octet()) {
                    case HEAD -> {
                        if (!text(read).equals(FORMAT) || !text(read).equals(topic)) {
                            return Optional.empty();
                        }
                    }
                    case CHANGES -> store.read(read, frame.length);
                    case POSITION -> position = Position.read(read);
                    default -> {
                        return Optional.empty();
                    }
                }
                good += FRAME_HEAD + frame.length;
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.empty(); // frames that are whole and make no sense
        }
        if (position.equals(Position.START)) {
            return Optional.empty();
        }
        resume(store, good);
        return Optional.of(new Loaded(store, position));
    }

    private static String text(ByteReader in) {
        return in.text(in.count());
    }

    /** Continues after the last frame that is whole. */
    private void resume(CompactStore store, long good) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.WRITE);
        file.truncate(good);
        file.position(good);
        channel = file;
        sizeWhenWhole = good;
        var continued = store.new Writer();
        continued.resume();
        writer = continued;
    }

    private static byte @Nullable [] frame(DataInputStream in) throws IOException {
        try {
            var length = in.readInt();
            var sum = in.readInt();
            if (length < 0 || length > FRAME_MAX) {
                return null;
            }
            var payload = in.readNBytes(length);
            return payload.length == length && sum == sum(payload) ? payload : null;
        } catch (EOFException e) {
            return null;
        }
    }

    private static int sum(byte[] payload) {
        var crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }

    /** Writes the whole store to a new file, which then takes the place of the old one. */
    public void replace(CompactStore store, Position position) throws IOException {
        close(channel);
        channel = null;
        var written = path.resolveSibling(path.getFileName() + ".new");
        var out = FileChannel.open(
                written, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            var all = store.new Writer();
            write(out, head());
            entries(out, all);
            write(out, position(position));
            out.force(true);
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            writer = all;
            sizeWhenWhole = out.position();
            channel = out;
        } finally {
            if (channel == null) {
                out.close();
            }
        }
    }

    private static void entries(FileChannel out, CompactStore.Writer all) throws IOException {
        var frame = new Bytes().octet(CHANGES);
        all.texts(frame);
        for (var i = 0; i < all.segments(); i++) {
            all.segment(frame, i);
            if (frame.length() > FRAME_USUAL) {
                write(out, frame);
                frame = new Bytes().octet(CHANGES);
                all.texts(frame);
            }
        }
        write(out, frame);
    }

    /**
     * Appends changes that are to become visible, and the position after them. Replaces the file before that if it has grown, or if the last
     * write failed.
     *
     * @param before the position of the store, which does not contain the changes yet
     */
    public void append(CompactStore store, Position before, List<CompactStore.Change> changes, Position after)
            throws IOException {
        var file = channel;
        var to = writer;
        if (file == null || to == null || file.position() > sizeWhenWhole * 2 + GROWTH_MIN) {
            replace(store, before);
            file = channel;
            to = writer;
        }
        if (file == null || to == null) {
            throw new IOException("%s: not open".formatted(path));
        }
        try {
            if (!changes.isEmpty()) {
                var frame = new Bytes().octet(CHANGES);
                to.changes(frame, changes);
                write(file, frame);
            }
            write(file, position(after));
        } catch (IOException e) {
            close(file);
            channel = null;
            throw e;
        }
    }

    private Bytes head() {
        var head = new Bytes().octet(HEAD);
        head.sized(FORMAT.getBytes(StandardCharsets.UTF_8));
        head.sized(topic.getBytes(StandardCharsets.UTF_8));
        return head;
    }

    private static Bytes position(Position position) {
        var frame = new Bytes().octet(POSITION);
        position.write(frame);
        return frame;
    }

    private static void write(FileChannel out, Bytes frame) throws IOException {
        var payload = frame.copy();
        var buffer = ByteBuffer.allocate(FRAME_HEAD + payload.length)
                .putInt(payload.length)
                .putInt(sum(payload))
                .put(payload)
                .flip();
        while (buffer.hasRemaining()) {
            var unused = out.write(buffer);
        }
    }

    private static void close(@Nullable FileChannel file) throws IOException {
        if (file != null) {
            file.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (channel != null) {
                channel.force(true);
                channel.close();
            }
        } finally {
            lock.release();
            lockFile.close();
        }
    }
}
