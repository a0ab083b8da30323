/** How a service is put together: auto-configuration by allow-list, and the defaults of all. */
package io.millrace.service.boot;
