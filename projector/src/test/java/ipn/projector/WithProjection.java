package ipn.projector;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test that has a projector of its own, without a broker. */
abstract class WithProjection {
    @TempDir
    Path folder;

    Projection projection;

    @BeforeEach
    void start() {
        projection = new Projection(folder);
    }

    @AfterEach
    void stop() {
        projection.close();
    }
}
