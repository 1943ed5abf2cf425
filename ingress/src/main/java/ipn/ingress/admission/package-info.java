/** Which requests are refused with 503 before they are read, because the ingress or Kafka is late. */
@NullMarked
package ipn.ingress.admission;

import org.jspecify.annotations.NullMarked;
