package io.dealimpact.study.market;

/** How a return is formed from two prices. Log returns compound by adding. */
public enum ReturnKind {
  /** p₁/p₀ − 1. */
  SIMPLE {
    @Override
    public double between(double from, double to) {
      return to / from - 1;
    }

    @Override
    public double ofSimple(double simple) {
      return simple;
    }

    @Override
    public double toSimple(double value) {
      return value;
    }

    @Override
    public double slope(double value) {
      return 1;
    }
  },
  /** ln(p₁/p₀). */
  LOG {
    @Override
    public double between(double from, double to) {
      return StrictMath.log(to / from);
    }

    @Override
    public double ofSimple(double simple) {
      return simple > -1 ? StrictMath.log1p(simple) : Double.NaN;
    }

    @Override
    public double toSimple(double value) {
      return StrictMath.expm1(value);
    }

    @Override
    public double slope(double value) {
      return StrictMath.exp(value);
    }
  };

  /** The return from one price to the next; NaN where either is NaN. */
  public abstract double between(double from, double to);

  /** The return of this kind that a simple one is; NaN for a log return of -100 % or less. */
  public abstract double ofSimple(double simple);

  /** The same return as a simple one, a fraction. */
  public abstract double toSimple(double value);

  /** How much the simple return changes for a small change of this one: the derivative. */
  public abstract double slope(double value);
}
