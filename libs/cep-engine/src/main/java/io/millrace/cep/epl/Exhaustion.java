package io.millrace.cep.epl;

import com.espertech.esper.common.client.hook.condition.ConditionHandler;
import com.espertech.esper.common.client.hook.condition.ConditionHandlerFactory;
import com.espertech.esper.common.client.hook.condition.ConditionHandlerFactoryContext;
import com.espertech.esper.common.client.hook.condition.ConditionMatchRecognizeStatesMax;

/**
 * Ends a task whose patterns hold more than they may: on its own Esper would leave out matches.
 * Made by Esper.
 */
public final class Exhaustion implements ConditionHandlerFactory {

  @Override
  public ConditionHandler getHandler(ConditionHandlerFactoryContext context) {
    return condition -> {
      String what =
          condition.getCondition() instanceof ConditionMatchRecognizeStatesMax
              ? "match_recognize holds more unfinished matches than are allowed; give it a narrower"
                  + " window or a stricter define"
              : "the pattern holds more unfinished matches than are allowed; shorten timer:within,"
                  + " or filter what begins it";
      // Its engine has the query's name.
      throw new EplStateException("query %s: %s".formatted(condition.getRuntimeURI(), what));
    };
  }
}
