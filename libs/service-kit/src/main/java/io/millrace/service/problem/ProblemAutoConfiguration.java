package io.millrace.service.problem;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Import;

/** Problem details for every error. */
@AutoConfiguration
@Import(ProblemAdvice.class)
public class ProblemAutoConfiguration {}
