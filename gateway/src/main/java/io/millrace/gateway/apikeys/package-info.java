/** API keys: how programs come in. */
package io.millrace.gateway.apikeys;
