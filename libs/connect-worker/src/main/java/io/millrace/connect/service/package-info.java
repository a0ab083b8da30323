/**
 * What a service is made of that hosts connectors: import {@link
 * io.millrace.connect.service.ConnectServiceConfiguration}.
 */
package io.millrace.connect.service;
