/** Follows plans: which components run on this instance, and how they are doing. */
package io.millrace.enrichment.app;
