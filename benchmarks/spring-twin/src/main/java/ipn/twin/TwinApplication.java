package ipn.twin;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The whole service: HTTP endpoint, listener and publisher. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class TwinApplication {
    public static void main(String[] arguments) {
        var context = SpringApplication.run(TwinApplication.class, arguments);
        context.registerShutdownHook();
    }
}
