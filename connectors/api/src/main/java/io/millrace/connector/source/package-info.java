/** What every source of ours has in common: how its settings travel to its tasks. */
package io.millrace.connector.source;
