/** The enrichment service: stateless SQL over streams, joined with caches. */
package io.millrace.enrichment;
