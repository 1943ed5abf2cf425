/** The read stage: reads the topics into a SQL read model, and answers operators' questions over HTTP. */
@NullMarked
package ipn.query;

import org.jspecify.annotations.NullMarked;
