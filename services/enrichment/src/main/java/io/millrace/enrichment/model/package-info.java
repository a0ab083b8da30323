/** Models that queries ask, and what they take and give for whoever writes a query. */
package io.millrace.enrichment.model;
