package io.millrace.flow.query;

import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/**
 * Brings a relational tree into the form that steps are made of: conditions where the joins are
 * that they belong to, columns that nobody reads left out.
 */
final class StatefulRewrite {

  private static final RelBuilderFactory BUILDERS =
      RelBuilder.proto(
          Contexts.of(
              RelBuilder.Config.DEFAULT
                  .withSimplify(false)
                  .withSimplifyLimit(false)
                  .withSimplifyValues(false)));

  private StatefulRewrite() {}

  static RelNode rewrite(RelNode written) {
    HepProgramBuilder program = new HepProgramBuilder();
    for (RelOptRule rule :
        new RelOptRule[] {
          CoreRules.FILTER_PROJECT_TRANSPOSE.config.withRelBuilderFactory(BUILDERS).toRule(),
          CoreRules.FILTER_INTO_JOIN.config.withRelBuilderFactory(BUILDERS).toRule(),
          CoreRules.JOIN_CONDITION_PUSH.config.withRelBuilderFactory(BUILDERS).toRule(),
          CoreRules.FILTER_MERGE.config.withRelBuilderFactory(BUILDERS).toRule()
        }) {
      program.addRuleInstance(rule);
    }
    HepPlanner planner = new HepPlanner(program.build());
    planner.setRoot(written);
    RelNode rel = planner.findBestExp();
    return new RelFieldTrimmer(null, BUILDERS.create(rel.getCluster(), null)).trim(rel);
  }
}
