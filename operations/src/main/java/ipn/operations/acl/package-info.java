/** Access control lists of the Kafka cluster: the file that lists them, and their comparison with the cluster. */
@NullMarked
package ipn.operations.acl;

import org.jspecify.annotations.NullMarked;
