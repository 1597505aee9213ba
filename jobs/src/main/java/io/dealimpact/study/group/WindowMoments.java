package io.dealimpact.study.group;

import io.dealimpact.study.numeric.ExactSum;
import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.SecondMoments;
import io.dealimpact.study.numeric.StateReader;
import io.dealimpact.study.numeric.StateWriter;

/** The sums over events that the tests of one window are made of. */
public final class WindowMoments {
  private Moments car = new Moments();
  private SecondMoments scar = new SecondMoments();
  private SecondMoments rawCsar = new SecondMoments();
  private SecondMoments simpleScar = new SecondMoments();
  private SecondMoments estudySar = new SecondMoments();
  private SecondMoments roundedCar = new SecondMoments();
  private SecondMoments roundedCsar = new SecondMoments();
  private Moments bhar = new Moments();
  private WeightedMoments weighted = new WeightedMoments();
  private long positive;
  private long negative;
  private Pair patell = new Pair();
  private Pair patellCsar = new Pair();
  private Pair roundedPatell = new Pair();

  /**
   * Adds an event.
   *
   * @param length days of the window
   * @param weight market value before the window; NaN where unknown
   */
  void add(WindowEvent event, int length, double weight) {
    car.add(event.car());
    weighted.add(event.car(), weight);
    scar.add(event.standardized().scar());
    rawCsar.add(event.standardized().rawCsar());
    simpleScar.add(event.standardized().simpleScar());
    estudySar.add(event.standardized().estudySar());
    roundedCar.add(event.rounded().car());
    roundedCsar.add(event.rounded().csar());
    bhar.add(event.bhar());
    if (event.car() > 0) {
      positive++;
    } else if (event.car() < 0) {
      negative++;
    }
    patell.add(event.standardized().scar(), event.patellScale());
    patellCsar.add(event.standardized().csar() / Math.sqrt(length * event.patellScale()), 1);
    if (length == 1) {
      roundedPatell.add(event.rounded().csar(), event.patellScale());
    } else {
      roundedPatell.add(event.rounded().csar() / Math.sqrt(length * event.patellScale()), 1);
    }
  }

  void merge(WindowMoments other) {
    car.merge(other.car);
    scar.merge(other.scar);
    rawCsar.merge(other.rawCsar);
    simpleScar.merge(other.simpleScar);
    estudySar.merge(other.estudySar);
    roundedCar.merge(other.roundedCar);
    roundedCsar.merge(other.roundedCsar);
    bhar.merge(other.bhar);
    weighted.merge(other.weighted);
    positive += other.positive;
    negative += other.negative;
    patell.merge(other.patell);
    patellCsar.merge(other.patellCsar);
    roundedPatell.merge(other.roundedPatell);
  }

  Moments car() {
    return car;
  }

  SecondMoments scar() {
    return scar;
  }

  SecondMoments rawCsar() {
    return rawCsar;
  }

  SecondMoments simpleScar() {
    return simpleScar;
  }

  SecondMoments estudySar() {
    return estudySar;
  }

  SecondMoments roundedCar() {
    return roundedCar;
  }

  SecondMoments roundedCsar() {
    return roundedCsar;
  }

  Moments bhar() {
    return bhar;
  }

  /** The CARs, each weighed by the market value before the window. */
  WeightedMoments weighted() {
    return weighted;
  }

  /** Events with CAR &gt; 0. */
  long positive() {
    return positive;
  }

  /** Events with CAR &lt; 0. */
  long negative() {
    return negative;
  }

  /** Σ SCAR and Σ q. */
  Pair patell() {
    return patell;
  }

  /** Σ CSAR/√(Lq) and N. */
  Pair patellCsar() {
    return patellCsar;
  }

  /** Sums of rounded SARs: Σ and Σ q for one day, Σ CSAR/√(Lq) and N for a window. */
  Pair roundedPatell() {
    return roundedPatell;
  }

  void write(StateWriter out) {
    car.write(out);
    scar.write(out);
    rawCsar.write(out);
    simpleScar.write(out);
    estudySar.write(out);
    roundedCar.write(out);
    roundedCsar.write(out);
    bhar.write(out);
    weighted.write(out);
    out.putLong(positive);
    out.putLong(negative);
    patell.write(out);
    patellCsar.write(out);
    roundedPatell.write(out);
  }

  static WindowMoments read(StateReader in) {
    WindowMoments sums = new WindowMoments();
    sums.car = Moments.read(in);
    sums.scar = SecondMoments.read(in);
    sums.rawCsar = SecondMoments.read(in);
    sums.simpleScar = SecondMoments.read(in);
    sums.estudySar = SecondMoments.read(in);
    sums.roundedCar = SecondMoments.read(in);
    sums.roundedCsar = SecondMoments.read(in);
    sums.bhar = Moments.read(in);
    sums.weighted = WeightedMoments.read(in);
    sums.positive = in.readLong();
    sums.negative = in.readLong();
    sums.patell = Pair.read(in);
    sums.patellCsar = Pair.read(in);
    sums.roundedPatell = Pair.read(in);
    return sums;
  }

  /** A sum and the sum of its variances, over the events that have both. */
  static final class Pair {
    private long count;
    private ExactSum sum = new ExactSum();
    private ExactSum variance = new ExactSum();

    void add(double x, double itsVariance) {
      if (Double.isFinite(x) && Double.isFinite(itsVariance)) {
        count++;
        sum.add(x);
        variance.add(itsVariance);
      }
    }

    void merge(Pair other) {
      count += other.count;
      sum.merge(other.sum);
      variance.merge(other.variance);
    }

    long count() {
      return count;
    }

    /** Σx/√Σ var, standard normal where x has that variance. */
    double standardized() {
      return sum.value() / Math.sqrt(variance.value());
    }

    void write(StateWriter out) {
      out.putLong(count);
      sum.write(out);
      variance.write(out);
    }

    static Pair read(StateReader in) {
      Pair pair = new Pair();
      pair.count = in.readLong();
      pair.sum = ExactSum.read(in);
      pair.variance = ExactSum.read(in);
      return pair;
    }
  }
}
