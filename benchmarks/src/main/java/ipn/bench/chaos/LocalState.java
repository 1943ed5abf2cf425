package ipn.bench.chaos;

import ipn.bench.load.SeparateStages;
import ipn.bench.measure.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/**
 * The files in which a stage keeps its state.
 *
 * @param stages that the stage belongs to
 * @param name of the stage
 */
record LocalState(SeparateStages stages, String name) {
    private static final int DAMAGED_FILES = 4;
    private static final int DAMAGED_BYTES = 64;

    /** SIGKILL, and started again without it. */
    void lose() throws IOException, InterruptedException {
        var stage = stages.process(name);
        stage.kill();
        DataFolder.delete(stages.state(name));
        stage.startAgain();
    }

    /** The stage is stopped as an operator does it: after a kill it would not trust its files anyway. */
    void damage(Random random) throws IOException {
        var stage = stages.process(name);
        stage.close();
        var files = filled();
        for (var i = 0; i < DAMAGED_FILES && !files.isEmpty(); i++) {
            damage(files.get(random.nextInt(files.size())), random);
        }
        stage.startAgain();
    }

    /** Whether the stage has begun to open its stores. */
    boolean opened() {
        try {
            return Files.exists(stages.state(name)) && !stored().isEmpty();
        } catch (NoSuchFileException | UncheckedIOException e) {
            return false; // files come and go while it starts
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> filled() throws IOException {
        return stored().stream().filter(file -> file.toFile().length() > 0).toList();
    }

    /** Tables, logs and manifests of RocksDB, in an order that only the names decide. */
    private List<Path> stored() throws IOException {
        try (var files = Files.walk(stages.state(name))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("rocksdb"))
                    .sorted()
                    .toList();
        }
    }

    private static void damage(Path file, Random random) throws IOException {
        var bytes = Files.readAllBytes(file);
        var from = random.nextInt(bytes.length);
        for (var i = from; i < Math.min(bytes.length, from + DAMAGED_BYTES); i++) {
            bytes[i] = (byte) random.nextInt();
        }
        Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
