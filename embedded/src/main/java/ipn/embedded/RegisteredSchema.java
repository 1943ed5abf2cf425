package ipn.embedded;

/**
 * One version of a subject.
 *
 * @param version from 1, without gaps
 * @param id of the schema: equal schemas have the same id in all subjects, different schemas never do
 * @param schema Avro schema as JSON text
 */
record RegisteredSchema(String subject, int version, int id, String schema) {}
