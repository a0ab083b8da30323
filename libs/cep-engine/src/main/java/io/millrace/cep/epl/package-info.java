/**
 * Runs EPL, the language of Esper, for what SQL cannot say. The only package that knows Esper,
 * which is under the GPLv2 (see NOTICE): a distribution can leave it out, and with it {@code AS
 * EPL}.
 *
 * <p>Texts come from users and are not trusted. A text is scanned and measured before Esper sees
 * it, parsed into Esper's object model, and admitted construct by construct; what is not on the
 * lists is refused. Esper's own doors (class loading, imports, scripts, inlined classes) are closed
 * as well.
 */
package io.millrace.cep.epl;
