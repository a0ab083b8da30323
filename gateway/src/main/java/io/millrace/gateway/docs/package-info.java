/** One OpenAPI document of all services. */
package io.millrace.gateway.docs;
