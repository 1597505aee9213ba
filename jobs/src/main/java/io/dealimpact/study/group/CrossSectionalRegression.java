package io.dealimpact.study.group;

import io.dealimpact.study.numeric.Moments;
import io.dealimpact.study.numeric.PValues;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.QRDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * What explains CAR: y = Xb + u by ordinary least squares, with errors that allow the variance of u
 * to differ between events, or events of one day to depend on one another.
 *
 * <p>V(b) = (X'X)⁻¹ X'ΩX (X'X)⁻¹ with Ω the diagonal of u_i²·w_i, h_i the leverage: HC0 w = 1
 * (White 1980), HC1 w = N/(N−k), HC2 w = 1/(1−h_i), HC3 w = 1/(1−h_i)² (MacKinnon &amp; White
 * 1985). t = b/se on t(N−k), two-sided. Rows with a number that is not finite are left out; N ≤ k
 * or a singular X gives a status and no coefficients. Pinned by {@code AgainstRTest} against R.
 *
 * <p>CR1, clustered: V(b) = G/(G−1) · (N−1)/(N−k) · (X'X)⁻¹ Σ_g X_g'u_g u_g'X_g (X'X)⁻¹ over the G
 * clusters g of events (Cameron, Gelbach &amp; Miller 2011, eq. 2.2 to 2.4; Petersen 2009, eq. 8),
 * t on t(G−1). G ≤ k gives a status: the sum in the middle has less than full rank. It is what R's
 * {@code sandwich::vcovCL(type = "HC1")} computes (Zeileis, Köll &amp; Graham 2020), and pinned by
 * {@code ClusteredErrorsTest}.
 */
public final class CrossSectionalRegression {
  private CrossSectionalRegression() {}

  /** Which errors. */
  public enum Errors {
    /** White's, biased low in small samples. */
    HC0,
    /** HC0 by N/(N − k). */
    HC1,
    /** Unbiased where the variance is in fact constant. */
    HC2,
    /** The jackknife's, and the safest below 250 events. */
    HC3,
    /** Events of one cluster may depend on one another. */
    CR1
  }

  /**
   * One coefficient.
   *
   * @param name of the attribute; {@code constant} for the first
   * @param estimate b
   * @param standardError of the chosen kind
   * @param t estimate over standard error
   * @param pValue two-sided, t with the fit's degrees of freedom
   */
  public record Coefficient(
      String name, double estimate, double standardError, double t, double pValue) {}

  /**
   * A fitted regression.
   *
   * @param coefficients constant first; empty unless status is OK
   * @param n events used
   * @param clusters G, how many clusters these events are in
   * @param df N − k; G − 1 of clustered errors
   * @param rSquared 1 − u'u/Σ(y − ȳ)²; NaN where y does not vary
   * @param status OK, or why there are no coefficients
   * @param reason the status in figures
   */
  public record Fit(
      List<Coefficient> coefficients,
      int n,
      int clusters,
      int df,
      double rSquared,
      TestStatus status,
      String reason) {}

  /**
   * Fits y on a constant and attributes; each event is a cluster of its own.
   *
   * @param names of the attributes, without the constant
   * @param attributes [event][attribute]
   * @param y CAR of each event
   */
  public static Fit fit(List<String> names, double[][] attributes, double[] y, Errors errors) {
    return fit(names, attributes, y, errors, IntStream.range(0, y.length).toArray());
  }

  /**
   * Fits y on a constant and attributes.
   *
   * @param names of the attributes, without the constant
   * @param attributes [event][attribute]
   * @param y CAR of each event
   * @param clusters of each event: equal numbers are one cluster, such as the day of the event
   */
  public static Fit fit(
      List<String> names, double[][] attributes, double[] y, Errors errors, int[] clusters) {
    int k = names.size() + 1;
    List<double[]> rows = new ArrayList<>();
    List<Double> left = new ArrayList<>();
    List<Integer> clusterOf = new ArrayList<>();
    for (int i = 0; i < y.length; i++) {
      double[] row = new double[k];
      row[0] = 1;
      System.arraycopy(attributes[i], 0, row, 1, k - 1);
      if (Double.isFinite(y[i]) && isFinite(row)) {
        rows.add(row);
        left.add(y[i]);
        clusterOf.add(clusters[i]);
      }
    }
    int n = rows.size();
    int g = (int) clusterOf.stream().distinct().count();
    int df = errors == Errors.CR1 ? g - 1 : n - k;
    if (n <= k) {
      return none(n, g, df, TestStatus.TOO_FEW_EVENTS, "n=" + n + " need=" + (k + 1));
    }
    if (errors == Errors.CR1 && g <= k) {
      return none(n, g, df, TestStatus.TOO_FEW_EVENTS, "clusters=" + g + " need=" + (k + 1));
    }
    RealMatrix x = new Array2DRowRealMatrix(rows.toArray(new double[0][]), false);
    double[] scale = scales(x);
    RealMatrix scaled = x.copy();
    for (int j = 0; j < k; j++) {
      scaled.setColumnVector(j, x.getColumnVector(j).mapDivide(scale[j]));
    }
    QRDecomposition qr = new QRDecomposition(scaled, 1e-10);
    if (!qr.getSolver().isNonSingular()) {
      return none(n, g, df, TestStatus.NOT_DEFINED, "the attributes are linearly dependent");
    }
    RealVector response =
        new ArrayRealVector(left.stream().mapToDouble(Double::doubleValue).toArray());
    RealVector b = qr.getSolver().solve(response);
    RealVector u = response.subtract(scaled.operate(b));
    RealMatrix r = qr.getR().getSubMatrix(0, k - 1, 0, k - 1);
    RealMatrix inverseR = new QRDecomposition(r).getSolver().getInverse();
    RealMatrix inverse = inverseR.multiplyTransposed(inverseR);
    RealMatrix q = scaled.multiply(inverseR);
    RealMatrix meat =
        switch (errors) {
          case HC0 -> meat(scaled, u, i -> 1);
          case HC1 -> meat(scaled, u, i -> (double) n / (n - k));
          case HC2 -> meat(scaled, u, i -> 1 / (1 - leverage(q, i)));
          case HC3 -> meat(scaled, u, i -> 1 / ((1 - leverage(q, i)) * (1 - leverage(q, i))));
          case CR1 ->
              clustered(scaled, u, clusterOf)
                  .scalarMultiply((double) g / (g - 1) * (n - 1) / (n - k));
        };
    RealMatrix variance = inverse.multiply(meat).multiply(inverse);
    List<Coefficient> coefficients = new ArrayList<>();
    for (int j = 0; j < k; j++) {
      double estimate = b.getEntry(j) / scale[j];
      double error = Math.sqrt(variance.getEntry(j, j)) / scale[j];
      double t = estimate / error;
      if (!Double.isFinite(t)) {
        return none(n, g, df, TestStatus.ZERO_VARIANCE, "standard error=" + error);
      }
      coefficients.add(
          new Coefficient(
              j == 0 ? "constant" : names.get(j - 1), estimate, error, t, PValues.student(t, df)));
    }
    Moments total = new Moments();
    left.forEach(total::add);
    double scatter = total.variance() * (n - 1);
    double rSquared = scatter > 0 ? 1 - u.dotProduct(u) / scatter : Double.NaN;
    return new Fit(List.copyOf(coefficients), n, g, df, rSquared, TestStatus.OK, "");
  }

  /** Σ_i w_i u_i² x_i x_i'. */
  private static RealMatrix meat(RealMatrix x, RealVector u, IntToDoubleFunction weight) {
    RealMatrix meat = new Array2DRowRealMatrix(x.getColumnDimension(), x.getColumnDimension());
    for (int i = 0; i < u.getDimension(); i++) {
      RealVector row = x.getRowVector(i);
      double scale = u.getEntry(i) * u.getEntry(i) * weight.applyAsDouble(i);
      meat = meat.add(row.outerProduct(row).scalarMultiply(scale));
    }
    return meat;
  }

  /** Σ_g (Σ_i x_i u_i)(Σ_i x_i u_i)', the inner sums over the events of a cluster. */
  private static RealMatrix clustered(RealMatrix x, RealVector u, List<Integer> clusters) {
    SortedMap<Integer, RealVector> sums = new TreeMap<>();
    for (int i = 0; i < u.getDimension(); i++) {
      sums.merge(clusters.get(i), x.getRowVector(i).mapMultiply(u.getEntry(i)), RealVector::add);
    }
    RealMatrix meat = new Array2DRowRealMatrix(x.getColumnDimension(), x.getColumnDimension());
    for (RealVector sum : sums.values()) {
      meat = meat.add(sum.outerProduct(sum));
    }
    return meat;
  }

  private static double leverage(RealMatrix q, int row) {
    RealVector values = q.getRowVector(row);
    return values.dotProduct(values);
  }

  /**
   * Largest magnitude of each column, so that dollars and gigawatts are distinguished from zero.
   */
  private static double[] scales(RealMatrix x) {
    double[] scales = new double[x.getColumnDimension()];
    for (int j = 0; j < scales.length; j++) {
      double largest = x.getColumnVector(j).getLInfNorm();
      scales[j] = largest > 0 ? largest : 1;
    }
    return scales;
  }

  private static boolean isFinite(double[] row) {
    for (double value : row) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static Fit none(int n, int clusters, int df, TestStatus status, String reason) {
    return new Fit(List.of(), n, clusters, df, Double.NaN, status, reason);
  }
}
