package ipn.operations.conservation;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;

/** A schema registry that does not let anybody read while a test says so. */
final class FailingRegistry extends MockSchemaRegistryClient {
    private boolean forbids;

    void forbids(boolean now) {
        forbids = now;
    }

    @Override
    public ParsedSchema getSchemaBySubjectAndId(String subject, int id) throws IOException, RestClientException {
        check();
        return super.getSchemaBySubjectAndId(subject, id);
    }

    @Override
    public ParsedSchema getSchemaById(int id) throws IOException, RestClientException {
        check();
        return super.getSchemaById(id);
    }

    private void check() throws RestClientException {
        if (forbids) {
            throw new RestClientException("Unauthorized", 401, 401);
        }
    }
}
