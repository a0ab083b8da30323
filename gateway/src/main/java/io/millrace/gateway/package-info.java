/**
 * The one door: whoever comes in is known by a token, and every request goes on to the service that
 * it is for. Issues the tokens, serves the user interface and the OpenAPI document of all services.
 */
package io.millrace.gateway;
