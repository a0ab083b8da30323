package io.millrace.cep.aggregate;

/** Functions of pairs (y, x), as SQL has them. */
enum PairKind {
  COVAR_POP,
  COVAR_SAMP,
  CORR,
  REGR_SLOPE,
  REGR_INTERCEPT,
  REGR_R2,
  REGR_AVGX,
  REGR_AVGY,
  REGR_SXX,
  REGR_SYY,
  REGR_SXY;

  /** Null when there are too few pairs, or nothing to divide by. */
  Double of(Pairs pairs) {
    long count = pairs.count();
    if (count == 0) {
      return null;
    }
    return switch (this) {
      case COVAR_POP -> pairs.products() / count;
      case COVAR_SAMP -> count < 2 ? null : (Double) (pairs.products() / (count - 1));
      case CORR -> correlation(pairs);
      case REGR_SLOPE -> slope(pairs);
      case REGR_INTERCEPT -> {
        Double slope = slope(pairs);
        yield slope == null ? null : (Double) (pairs.meanY() - slope * pairs.meanX());
      }
      case REGR_R2 -> determination(pairs);
      case REGR_AVGX -> pairs.meanX();
      case REGR_AVGY -> pairs.meanY();
      case REGR_SXX -> pairs.squaresX();
      case REGR_SYY -> pairs.squaresY();
      case REGR_SXY -> pairs.products();
    };
  }

  static Double slope(Pairs pairs) {
    if (pairs.count() == 0) {
      return null;
    }
    double squares = pairs.squaresX();
    return squares == 0 ? null : (Double) (pairs.products() / squares);
  }

  private static Double correlation(Pairs pairs) {
    double squares = Math.sqrt(pairs.squaresX()) * Math.sqrt(pairs.squaresY());
    return squares == 0 ? null : (Double) Math.clamp(pairs.products() / squares, -1.0, 1.0);
  }

  private static Double determination(Pairs pairs) {
    if (pairs.squaresX() == 0) {
      return null;
    }
    if (pairs.squaresY() == 0) {
      return 1.0;
    }
    Double correlation = correlation(pairs);
    return correlation == null ? null : (Double) (correlation * correlation);
  }
}
