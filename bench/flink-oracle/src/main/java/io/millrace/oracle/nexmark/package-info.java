/**
 * The events of the Nexmark benchmark, as the generators of Apache Beam and of its port to SQL make
 * them.
 */
package io.millrace.oracle.nexmark;
