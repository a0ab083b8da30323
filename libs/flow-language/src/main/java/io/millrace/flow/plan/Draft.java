package io.millrace.flow.plan;

import io.millrace.schemas.control.Component;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A component while the plan is made; its fingerprint comes last.
 *
 * @param guarantee what its connector holds, or null
 */
record Draft(Component.Builder component, SqlParserPos pos, String guarantee) {}
