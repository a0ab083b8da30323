/** The catalogue of connectors, as the services that host them announce it. */
package io.millrace.service.connectors;
