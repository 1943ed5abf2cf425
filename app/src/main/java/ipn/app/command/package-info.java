/**
 * The command line: its root, its options, and what all commands share. Sub-packages have one class per command, which reads
 * options, calls stages or operations, and prints the result.
 */
@NullMarked
package ipn.app.command;

import org.jspecify.annotations.NullMarked;
