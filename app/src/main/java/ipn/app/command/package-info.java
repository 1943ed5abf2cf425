/**
 * The command line: its root, its options, and what all commands share. One class per command, in the packages below: it reads
 * options, calls stages or operations, and prints.
 */
@NullMarked
package ipn.app.command;

import org.jspecify.annotations.NullMarked;
