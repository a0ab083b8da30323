/** How long a committed row takes until it can be read in the target table. */
package io.millrace.bench.latency;
