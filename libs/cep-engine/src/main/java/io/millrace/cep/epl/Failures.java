package io.millrace.cep.epl;

import com.espertech.esper.common.client.EPException;
import com.espertech.esper.common.client.hook.exception.ExceptionHandler;
import com.espertech.esper.common.client.hook.exception.ExceptionHandlerFactory;
import com.espertech.esper.common.client.hook.exception.ExceptionHandlerFactoryContext;

/** Lets errors through: on its own Esper writes them to the log and goes on. Made by Esper. */
public final class Failures implements ExceptionHandlerFactory {

  @Override
  public ExceptionHandler getHandler(ExceptionHandlerFactoryContext context) {
    return failure -> {
      if (failure.getThrowable() instanceof RuntimeException e) {
        throw e;
      }
      throw new EPException(failure.getThrowable());
    };
  }
}
